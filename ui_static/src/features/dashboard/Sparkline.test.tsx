import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Sparkline } from "./Sparkline";

test("the line breaks where there is no value, and one alone is a dot", () => {
  const { container } = render(<Sparkline values={[4, 2, null, 4, null]} />);
  expect(container.querySelector("path")).toHaveAttribute("d", "M0,1h0L25,12M75,1h0");
});
