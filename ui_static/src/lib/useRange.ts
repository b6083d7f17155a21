import { useSearchParams } from "react-router";
import { type LocalDate, todayIn } from "./dates";
import { type DateRange, type Preset, readPreset, readRange, writeRange } from "./range";
import { useNow } from "./useNow";

/** The days that a page shows, and how to show others. */
export interface Days {
  range: DateRange;
  /** By whose name they were chosen: then they move on with time. */
  preset: Preset | undefined;
  today: LocalDate;
  choose: (next: DateRange | Preset) => void;
}

/** The days in the page's address, in a time zone. */
export function useRange(timezone: string): Days {
  const [params, setParams] = useSearchParams();
  const today = todayIn(timezone, useNow(30_000));
  return {
    range: readRange(params, today),
    preset: readPreset(params, today),
    today,
    choose: (next) =>
      setParams((before) => writeRange(before, next, today), { preventScrollReset: true }),
  };
}
