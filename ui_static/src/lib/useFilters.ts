import { useSearchParams } from "react-router";
import { type Dimension, type Filter, readFilters, toggleFilter, writeFilters } from "./filters";

/** The filters in the page's address; each change is a step that the browser's "back" undoes. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const change = (next: (filters: Filter[]) => readonly Filter[]) =>
    setParams((before) => writeFilters(before, next(readFilters(before))), {
      preventScrollReset: true,
    });
  return {
    filters: readFilters(params),
    /** Asks for a value, or leaves it out; the second time takes that back. */
    toggle: (dimension: Dimension, value: string, { exclude = false } = {}) =>
      change((filters) => toggleFilter(filters, dimension, value, exclude)),
    set: (filters: readonly Filter[]) => change(() => filters),
    clear: () => change(() => []),
  };
}
