import type { AuditEntry } from "@/api/types";
import { clockTime, type LocalDate, longDay } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { ACTIONS } from "./actions";

interface DayOfEntriesProps {
  day: LocalDate;
  timezone: string;
  entries: AuditEntry[];
}

function Entry({ entry, timezone }: { entry: AuditEntry; timezone: string }) {
  return (
    <li className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-3 border-t border-line py-2 sm:grid-cols-[3rem_minmax(0,1fr)_minmax(0,18rem)]">
      <time dateTime={entry.at} className="text-ink-3">
        {clockTime(entry.at, timezone)}
      </time>
      <div className="min-w-0 wrap-anywhere">
        <p>
          <span className="font-medium">{t(ACTIONS[entry.action])}</span>
          {entry.site_name && <span className="text-ink-2">{` · ${entry.site_name}`}</span>}
        </p>
        {entry.detail && <p className="text-ink-2">{entry.detail}</p>}
      </div>
      <p className="col-start-2 truncate text-ink-2 sm:col-start-3 sm:text-end">
        {entry.email ?? <span className="text-ink-3">{t("nobody who was signed in")}</span>}
      </p>
    </li>
  );
}

export function DayOfEntries({ day, timezone, entries }: DayOfEntriesProps) {
  return (
    <section>
      <h2 className="mb-2 font-semibold">{longDay(day)}</h2>
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} timezone={timezone} />
        ))}
      </ol>
    </section>
  );
}
