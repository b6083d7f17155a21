import { screen, waitFor, within } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, expect, test } from "vitest";
import { DIMENSIONS } from "@/lib/filters";
import { speak } from "@/lib/i18n";
import german from "@/locales/de.json";
import { breakdown } from "@/testing/breakdowns";
import * as people from "@/testing/people";
import { renderAt } from "@/testing/renderAt";

// A language that Intl writes without one Latin letter, so that whatever stays English is seen.
const PSEUDO = "ja";

/** The text in letters of full width, and what stands in it as it was. */
function disguised(text: string): string {
  return text.replace(/(\{\{\w+\}\}|<\/?\w+\/?>)|[A-Za-z]/g, (found, hole) =>
    hole ? found : String.fromCharCode(found.charCodeAt(0) + 0xfee0),
  );
}

async function speakPseudo(): Promise<void> {
  const texts = Object.keys(german).map((key) => {
    const text = key.replace(/_(?:one|other)$/, "");
    return [text.includes("{{count}}") ? `${text}_other` : text, disguised(text)];
  });
  i18next.addResourceBundle(PSEUDO, "translation", Object.fromEntries(texts));
  await i18next.changeLanguage(PSEUDO);
}

/** What the program tells: names, paths and such are in no language. */
const TOLD = JSON.stringify([
  people,
  DIMENSIONS.map((dimension) => breakdown(new URLSearchParams({ dimension, limit: "300" }))),
]);

// Names, units, formats and keys of the keyboard.
const NO_TEXT =
  /^(?:Analytiq|UTC|LCP|INP|CLS|min|ms|Europe|Lisbon|localhost|shop|example|ref|variant|thanks)$/;
const READ = ["aria-label", "title", "placeholder", "alt"];

/** What is code, or a choice by its own name, is in no language. */
const AS_IT_IS = "code, kbd, pre, option, .font-mono";

function words(root: Element): string[] {
  const parts = [...root.querySelectorAll("*")].filter((part) => !part.closest(AS_IT_IS));
  const texts = parts.flatMap((part) => [
    ...[...part.childNodes].filter((node) => node instanceof Text).map((node) => node.data),
    ...READ.map((name) => part.getAttribute(name) ?? ""),
  ]);
  return texts.flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []);
}

afterEach(async () => {
  localStorage.clear();
  await speak("en");
});

const site = `/sites/${people.shop.site_id}`;

test.each([
  "/sites",
  "/sites/new",
  site,
  `${site}/arrived`,
  `${site}/goals`,
  `${site}/settings`,
  "/account",
  "/people",
  "/settings/appearance",
])("no English is left on %s", async (address) => {
  await speakPseudo();
  renderAt(address);
  await screen.findAllByRole("heading");
  await waitFor(() => expect(document.querySelector('[aria-busy="true"]')).toBeNull());
  const english = () =>
    words(document.body).filter((word) => !NO_TEXT.test(word) && !TOLD.includes(word));
  await waitFor(() => expect(english()).toEqual([]));
});

test("numbers and days are written the German way", async () => {
  await speak("de");
  renderAt(`${site}?from=2025-09-10&to=2025-09-17`);
  expect(await screen.findByTestId("tile-bounce_rate")).toHaveTextContent(/^\d+,\d\s%$/);
  expect(screen.getByRole("button", { name: "10. Sept. – 17. Sept. 2025" })).toBeVisible();
  expect(document.documentElement).toHaveAttribute("lang", "de");
});

test("a language is chosen, and comes back with the page", async () => {
  const { user } = renderAt("/settings/appearance");
  await user.selectOptions(await screen.findByLabelText("Language"), "Deutsch");
  await waitFor(() => expect(document.documentElement).toHaveAttribute("lang", "de"));
  expect(localStorage.getItem("analytiq.language")).toBe("de");
  const choice = within(screen.getByRole("main")).getByRole("combobox");
  await user.selectOptions(choice, "");
  await waitFor(() => expect(document.documentElement).toHaveAttribute("lang", "en"));
  expect(localStorage.getItem("analytiq.language")).toBeNull();
});
