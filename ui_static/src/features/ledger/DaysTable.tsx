import { useState } from "react";
import type { LedgerDay } from "@/api/types";
import { Button } from "@/components/Button";
import { longDay } from "@/lib/dates";
import { formatCount, plural } from "@/lib/format";
import { Balance } from "./Balance";
import { leftOut, notCounted } from "./entries";

interface Column {
  name: string;
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

const CELL = "py-1.5 pl-3 text-right whitespace-nowrap";
const FIRST_ROWS = 14;

function Day({ day }: { day: LedgerDay }) {
  const [date, year] = splitYear(longDay(day.day));
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1.5 text-left font-normal whitespace-nowrap">
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
        <caption className="sr-only">What became of the events of each day</caption>
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className="pb-1 text-left font-medium">
              Day
            </th>
            {COLUMNS.map(({ name, on }) => (
              <th key={name} scope="col" className={`pb-1 pl-3 text-right font-medium ${on}`}>
                {name}
              </th>
            ))}
            <th scope="col" className="pb-1 pl-3 text-right font-medium">
              <span className="sr-only">Adds up</span>
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
          {`${formatCount(rows.length)} of ${plural(days.length, "day")}`}
          <Button look="quiet" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show more"}
          </Button>
        </footer>
      )}
    </>
  );
}
