import { useSearchParams } from "react-router";
import { hourEndIn, type LocalDate, todayIn } from "./dates";
import { type DateRange, PRESETS, type Preset, readPreset, readRange, writeRange } from "./range";
import { useNow } from "./useNow";

/** The days that a page shows, and how to show others. */
export interface Days {
  range: DateRange;
  /** By whose name they were chosen: then they move on with time. */
  preset: Preset | undefined;
  /** What can be chosen by name. */
  presets: readonly Preset[];
  today: LocalDate;
  choose: (next: DateRange | Preset) => void;
}

/** The days in the page's address, in a time zone. */
export function useRange(timezone: string, presets = PRESETS): Days {
  const [params, setParams] = useSearchParams();
  const now = useNow(30_000);
  const today = todayIn(timezone, now);
  const preset = readPreset(params, today, presets);
  const range = preset?.of(today) ?? readRange(params, today);
  return {
    range: preset?.hours ? { ...range, until: hourEndIn(timezone, now) } : range,
    preset,
    presets,
    today,
    choose: (next) =>
      setParams((before) => writeRange(before, next, today), { preventScrollReset: true }),
  };
}
