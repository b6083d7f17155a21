import { useSearchParams } from "react-router";
import { type Comparison, readComparison, writeComparison } from "./comparison";

/** The comparison in the page's address. */
export function useComparison() {
  const [params, setParams] = useSearchParams();
  return {
    comparison: readComparison(params),
    compare: (next: Comparison) =>
      setParams((before) => writeComparison(before, next), { preventScrollReset: true }),
  };
}
