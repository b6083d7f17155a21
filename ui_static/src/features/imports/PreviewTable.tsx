import type { ImportPreview } from "@/api/types";
import { longDay } from "@/lib/dates";
import { formatCount } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";

type Day = ImportPreview["days"][number];

interface Column {
  name: Text;
  of: (day: Day) => number | null;
  on: string;
}

const EVENTS: Column = { name: "Events", of: (day) => day.events, on: "max-sm:hidden" };
const COLUMNS: readonly Column[] = [
  { name: "There already", of: (day) => day.duplicates, on: "" },
  { name: "Pageviews in the file", of: (day) => day.pageviews, on: "" },
  { name: "counted now", of: (day) => day.counted_pageviews, on: "text-ink-3" },
  { name: "Visitors in the file", of: (day) => day.visitors, on: "max-sm:hidden" },
  { name: "counted now", of: (day) => day.counted_visitors, on: "text-ink-3 max-sm:hidden" },
];

/** A file may not tell all of a day. */
function told(count: number | null): string {
  return count === null ? "–" : formatCount(count);
}

/** What a file tells of each day, beside what is counted now. */
export function PreviewTable({ kind, days }: ImportPreview) {
  const columns = kind === "events" ? [EVENTS, ...COLUMNS] : COLUMNS;
  return (
    <div className="max-h-80 overflow-y-auto">
      <table className="w-full">
        <caption className="sr-only">{t("What the file tells of each day")}</caption>
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className="pb-1 text-start align-bottom font-medium">
              {t("Day")}
            </th>
            {columns.map(({ name, on }, place) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
                key={place}
                scope="col"
                className={`pb-1 ps-3 text-end align-bottom font-medium ${on}`}
              >
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.day} className="border-t border-line">
              <th scope="row" className="py-1.5 text-start font-normal whitespace-nowrap">
                {longDay(day.day)}
              </th>
              {columns.map(({ of, on }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
                <td key={place} className={`py-1.5 ps-3 text-end ${on}`}>
                  {told(of(day))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
