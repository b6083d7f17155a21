import type { ImportPreview } from "@/api/types";
import { longDay } from "@/lib/dates";
import { formatCount } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";

type Day = ImportPreview["days"][number];

const COLUMNS: readonly { name: Text; of: (day: Day) => number; on: string }[] = [
  { name: "Events", of: (day) => day.events, on: "max-sm:hidden" },
  { name: "There already", of: (day) => day.duplicates, on: "" },
  { name: "Pageviews in the file", of: (day) => day.pageviews, on: "" },
  { name: "counted now", of: (day) => day.counted_pageviews, on: "text-ink-3" },
  { name: "Visitors in the file", of: (day) => day.visitors, on: "max-sm:hidden" },
  { name: "counted now", of: (day) => day.counted_visitors, on: "text-ink-3 max-sm:hidden" },
];

/** What a file tells of each day, beside what is counted now. */
export function PreviewTable({ days }: { days: Day[] }) {
  return (
    <div className="max-h-80 overflow-y-auto">
      <table className="w-full">
        <caption className="sr-only">{t("What the file tells of each day")}</caption>
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className="pb-1 text-start align-bottom font-medium">
              {t("Day")}
            </th>
            {COLUMNS.map(({ name, on }, place) => (
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
              {COLUMNS.map(({ of, on }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always the same
                <td key={place} className={`py-1.5 ps-3 text-end ${on}`}>
                  {formatCount(of(day))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
