import { useState } from "react";
import type { LedgerDay } from "@/api/types";
import { Button } from "@/components/Button";
import { longDay } from "@/lib/dates";
import { formatCount } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import { Balance } from "./Balance";
import { leftOut, notCounted } from "./entries";

interface Column {
  name: Text;
  of: (day: LedgerDay) => number;
  /** Where it is seen: a phone has one column for all that is not counted. */
  on: string;
}

const COLUMNS: readonly Column[] = [
  { name: "Arrived", of: (day) => day.received, on: "font-medium" },
  { name: "Counted", of: (day) => day.stored, on: "" },
  { name: "Not counted", of: notCounted, on: "sm:hidden" },
  { name: "Sent twice", of: (day) => day.duplicates, on: "max-sm:hidden" },
  { name: "Left out", of: leftOut, on: "max-sm:hidden" },
  { name: "Set aside", of: (day) => day.set_aside, on: "max-sm:hidden" },
];

const CELL = "py-1.5 ps-3 text-end whitespace-nowrap";
const FIRST_ROWS = 14;

function Day({ day }: { day: LedgerDay }) {
  const [date, year] = splitYear(longDay(day.day));
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 text-start font-normal whitespace-nowrap">
        {date}
        <span className="max-sm:sr-only">{` ${year}`}</span>
      </th>
      {COLUMNS.map(({ name, of, on }) => (
        <td key={name} className={`${CELL} ${on} ${of(day) === 0 ? "text-ink-3" : ""}`}>
          {formatCount(of(day))}
        </td>
      ))}
      <td className={CELL}>
        <Balance balanced={day.balanced} short />
      </td>
    </tr>
  );
}

function splitYear(day: string): [string, string] {
  const cut = day.lastIndexOf(" ");
  return [day.slice(0, cut), day.slice(cut + 1)];
}

/** The sum of each day, the latest first. */
export function DaysTable({ days }: { days: LedgerDay[] }) {
  const [all, setAll] = useState(false);
  const latestFirst = days.toReversed();
  const rows = all ? latestFirst : latestFirst.slice(0, FIRST_ROWS);
  return (
    <>
      <table className="w-full">
        <caption className="sr-only">{t("What became of the events of each day")}</caption>
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className="pb-1 text-start font-medium">
              {t("Day")}
            </th>
            {COLUMNS.map(({ name, on }) => (
              <th key={name} scope="col" className={`pb-1 ps-3 text-end font-medium ${on}`}>
                {t(name)}
              </th>
            ))}
            <th scope="col" className="pb-1 ps-3 text-end font-medium">
              <span className="sr-only">{t("Adds up")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((day) => (
            <Day key={day.day} day={day} />
          ))}
        </tbody>
      </table>
      {days.length > FIRST_ROWS && (
        <footer className="mt-2 flex items-center justify-between text-12 text-ink-3">
          {t("{{shown}} of {{count}} days", { shown: rows.length, count: days.length })}
          <Button look="quiet" onClick={() => setAll(!all)}>
            {all ? t("Show fewer") : t("Show more")}
          </Button>
        </footer>
      )}
    </>
  );
}
