import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { t } from "@/lib/i18n";
import { rangeLabel } from "@/lib/range";
import type { Days } from "@/lib/useRange";
import { useShortcuts } from "@/lib/useShortcuts";
import { CustomRange } from "./CustomRange";
import { Kbd } from "./Kbd";
import { Menu } from "./Menu";

function Step({ days, direction }: { days: Days; direction: -1 | 1 }) {
  const next = days.neighbour(direction);
  const Icon = direction < 0 ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={direction < 0 ? t("Earlier days") : t("Later days")}
      disabled={!next}
      onClick={() => next && days.choose(next)}
      className="flex size-11 shrink-0 items-center justify-center rounded-control text-ink-2 enabled:hover:bg-raised disabled:text-edge sm:size-9"
    >
      <Icon className="size-4 rtl:-scale-x-100" aria-hidden="true" />
    </button>
  );
}

function PresetList({ preset: chosen, presets, choose }: Days) {
  return (
    <ul className="grid grid-cols-2 gap-0.5 sm:block">
      {presets.map((preset) => (
        <li key={preset.name}>
          <button
            type="button"
            aria-current={preset === chosen}
            onClick={() => choose(preset)}
            className="flex min-h-11 w-full items-center justify-between gap-3 rounded-control px-2 text-start hover:bg-raised aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium sm:min-h-8"
          >
            {t(preset.label)}
            {preset.key && <Kbd>{preset.key}</Kbd>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function useRangeKeys(days: Days): void {
  const step = (direction: -1 | 1) => {
    const next = days.neighbour(direction);
    if (next) days.choose(next);
  };
  const presets = days.presets.flatMap((preset) =>
    preset.key ? [[preset.key, () => days.choose(preset)] as const] : [],
  );
  useShortcuts({ ...Object.fromEntries(presets), ",": () => step(-1), ".": () => step(1) });
}

/** Which days the page shows: by name, by the calendar, typed, a step back or forth, or by a key. */
export function RangePicker({ days }: { days: Days }) {
  useRangeKeys(days);
  return (
    <div className="flex items-center rounded-control border border-line bg-surface">
      <Step days={days} direction={-1} />
      <Menu
        name={t("Days")}
        align="end"
        width="w-auto"
        triggerClassName="flex min-h-11 grow items-center justify-center gap-2 rounded-control px-2 font-medium hover:bg-raised sm:min-h-9 sm:whitespace-nowrap"
        trigger={
          <>
            <CalendarDays className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
            {days.preset ? t(days.preset.label) : rangeLabel(days.range)}
            <ChevronDown className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
          </>
        }
      >
        {(close) => {
          const closing: Days = {
            ...days,
            choose: (next) => {
              days.choose(next);
              close();
            },
          };
          return (
            <div className="sm:flex sm:gap-2">
              <div className="sm:w-44">
                <PresetList {...closing} />
              </div>
              <div className="mt-3 border-line border-t px-2 pt-3 pb-2 sm:mt-0 sm:border-t-0 sm:border-s sm:pt-1 sm:ps-4">
                <CustomRange {...closing} />
              </div>
            </div>
          );
        }}
      </Menu>
      <Step days={days} direction={1} />
    </div>
  );
}
