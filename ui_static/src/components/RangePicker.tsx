import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import type { LocalDate } from "@/lib/dates";
import { type DateRange, PRESETS, presetOf, presetRange, rangeLabel, stepRange } from "@/lib/range";
import { CustomRange } from "./CustomRange";
import { Menu } from "./Menu";

interface RangePickerProps {
  range: DateRange;
  today: LocalDate;
  onChoose: (range: DateRange) => void;
}

function Step({ range, today, onChoose, direction }: RangePickerProps & { direction: -1 | 1 }) {
  const next = stepRange(range, direction, today);
  const Icon = direction < 0 ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={direction < 0 ? "Earlier days" : "Later days"}
      disabled={!next}
      onClick={() => next && onChoose(next)}
      className="flex size-11 items-center justify-center rounded-control text-ink-2 enabled:hover:bg-raised disabled:text-edge sm:size-9"
    >
      <Icon className="size-4" aria-hidden="true" />
    </button>
  );
}

function PresetList({ range, today, onChoose }: RangePickerProps) {
  const chosen = presetOf(range, today);
  return (
    <ul>
      {PRESETS.map((preset) => (
        <li key={preset.name}>
          <button
            type="button"
            aria-current={preset === chosen}
            onClick={() => {
              const next = presetRange(preset.name, today);
              if (next) onChoose(next);
            }}
            className="flex min-h-11 w-full items-center justify-between rounded-control px-2 text-left hover:bg-raised aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium sm:min-h-9"
          >
            {preset.label}
            {preset.key && (
              <kbd className="hidden rounded border border-line px-1.5 font-sans text-12 text-ink-3 sm:inline">
                {preset.key}
              </kbd>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Which days the page shows. */
export function RangePicker(props: RangePickerProps) {
  return (
    <div className="flex items-center rounded-control border border-line bg-surface">
      <Step {...props} direction={-1} />
      <Menu
        name="Days"
        align="end"
        width="w-76"
        triggerClassName="flex min-h-11 grow items-center justify-center gap-2 rounded-control px-2 font-medium hover:bg-raised sm:min-h-9"
        trigger={
          <>
            <CalendarDays className="size-4 text-ink-3" aria-hidden="true" />
            {rangeLabel(props.range, props.today)}
            <ChevronDown className="size-4 text-ink-3" aria-hidden="true" />
          </>
        }
      >
        {(close) => {
          const choose = (range: DateRange) => {
            props.onChoose(range);
            close();
          };
          return (
            <>
              <PresetList {...props} onChoose={choose} />
              <div className="mt-2 border-t border-line px-2 pt-3 pb-2">
                <CustomRange {...props} onChoose={choose} />
              </div>
            </>
          );
        }}
      </Menu>
      <Step {...props} direction={1} />
    </div>
  );
}
