import { useSearchParams } from "react-router";
import { type LocalDate, todayIn } from "./dates";
import { lastHours, readHours, stepHours } from "./hours";
import {
  type DateRange,
  HOURS_PRESET,
  PRESETS,
  type Preset,
  readPreset,
  readRange,
  stepRange,
  writeRange,
} from "./range";
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
  /** The days before (-1) or after (1) these; undefined where they are still to come. */
  neighbour: (direction: -1 | 1) => DateRange | Preset | undefined;
}

/** The days in the page's address, in a time zone. */
export function useRange(timezone: string, presets = PRESETS): Days {
  const [params, setParams] = useSearchParams();
  const now = useNow(30_000);
  const today = todayIn(timezone, now);
  const earlier = presets.includes(HOURS_PRESET) ? readHours(params, timezone, now) : undefined;
  const preset = earlier ? undefined : readPreset(params, today, presets);
  const hours = preset === HOURS_PRESET ? lastHours(timezone, now) : earlier;
  const range = hours ?? preset?.of(today) ?? readRange(params, today);
  return {
    range,
    preset,
    presets,
    today,
    choose: (next) =>
      setParams((before) => writeRange(before, next, today), { preventScrollReset: true }),
    neighbour: (direction) =>
      range.until
        ? stepHours(range.until, direction, timezone, now)
        : stepRange(range, direction, today, preset),
  };
}
