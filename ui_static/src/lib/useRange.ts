import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { type LocalDate, todayIn } from "./dates";
import { type DateRange, PRESETS, presetRange, readRange, stepRange, writeRange } from "./range";
import { useNow } from "./useNow";

/** The range that a key asks for, if it asks for one. */
export function rangeForKey(
  key: string,
  range: DateRange,
  today: LocalDate,
): DateRange | undefined {
  if (key === ",") return stepRange(range, -1, today);
  if (key === ".") return stepRange(range, 1, today);
  const preset = PRESETS.find((p) => p.key?.toLowerCase() === key.toLowerCase());
  return preset && presetRange(preset.name, today);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, select, textarea") !== null;
}

/** The days in the page's address, with the keys that change them. */
export function useRange(timezone: string) {
  const [params, setParams] = useSearchParams();
  const today = todayIn(timezone, useNow(30_000));
  const range = readRange(params, today);
  const choose = (next: DateRange) =>
    setParams((before) => writeRange(before, next, today), { preventScrollReset: true });

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const next = rangeForKey(event.key, range, today);
      if (next) choose(next);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  });

  return { range, today, choose };
}
