import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { DayPicker, type DayPickerLocale } from "react-day-picker";
import { de } from "react-day-picker/locale/de";
import { enGB } from "react-day-picker/locale/en-GB";
import { es } from "react-day-picker/locale/es";
import { fr } from "react-day-picker/locale/fr";
import type { LocalDate } from "@/lib/dates";
import { type Language, language } from "@/lib/locale";
import type { DateRange } from "@/lib/range";
import { useMedia } from "@/lib/useMedia";

interface RangeCalendarProps {
  range: DateRange;
  today: LocalDate;
  /** The first of two days was chosen. */
  onBegin: (day: LocalDate) => void;
  onChoose: (range: DateRange) => void;
}

// The calendar's days are midnights on this device's clock; which zone they mean is not its business.
function toDate(day: LocalDate): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

function toDay(date: Date): LocalDate {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function between(one: LocalDate, other: LocalDate): DateRange {
  return one < other ? { from: one, to: other } : { from: other, to: one };
}

const LOCALES = { en: enGB, de, fr, es } satisfies Record<Language, DayPickerLocale>;

const NAV_BUTTON =
  "flex size-11 items-center justify-center rounded-control text-ink-2 hover:bg-raised aria-disabled:text-edge aria-disabled:hover:bg-transparent sm:size-9";

const LOOKS = {
  months: "relative flex gap-6",
  month: "grow",
  nav: "absolute inset-x-0 top-0 flex justify-between",
  button_previous: NAV_BUTTON,
  button_next: NAV_BUTTON,
  month_caption: "flex h-11 items-center justify-center font-medium sm:h-9",
  month_grid: "w-full border-collapse",
  weekday: "h-8 w-9 text-12 font-normal text-ink-3",
  day: "p-0 text-center",
  day_button:
    "relative h-11 w-full rounded-control enabled:hover:bg-raised disabled:text-edge sm:h-9 sm:w-9",
  today: "font-semibold text-accent",
  range_start: "rounded-s-control bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent",
  range_middle: "bg-accent-soft",
  range_end: "rounded-e-control bg-accent-soft [&>button]:bg-accent [&>button]:text-on-accent",
} as const;

/** Two months (one on a phone): the first day that is clicked begins the range, the second ends it. */
export default function RangeCalendar({ range, today, onBegin, onChoose }: RangeCalendarProps) {
  const [begun, setBegun] = useState<LocalDate>();
  const [reached, setReached] = useState<LocalDate>();
  const months = useMedia("(width >= 640px)") ? 2 : 1;
  const shown = begun ? between(begun, reached ?? begun) : range;
  const last = toDate(range.to);
  function pick(day: LocalDate) {
    if (begun) {
      onChoose(between(begun, day));
    } else {
      setBegun(day);
      onBegin(day);
    }
  }
  return (
    <DayPicker
      mode="range"
      selected={{ from: toDate(shown.from), to: toDate(shown.to) }}
      onSelect={(_range, day) => pick(toDay(day))}
      onDayMouseEnter={(day) => setReached(toDay(day))}
      onDayFocus={(day) => setReached(toDay(day))}
      numberOfMonths={months}
      defaultMonth={new Date(last.getFullYear(), last.getMonth() - months + 1)}
      endMonth={toDate(today)}
      disabled={{ after: toDate(today) }}
      today={toDate(today)}
      locale={LOCALES[language()]}
      dir={document.documentElement.dir}
      classNames={LOOKS}
      components={{
        Chevron: ({ orientation }) =>
          orientation === "left" ? (
            <ChevronLeft className="size-4" />
          ) : (
            <ChevronRight className="size-4" />
          ),
      }}
    />
  );
}
