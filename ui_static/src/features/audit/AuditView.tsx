import { useInfiniteQuery } from "@tanstack/react-query";
import { auditQuery } from "@/api/getAudit";
import type { AuditEntry } from "@/api/types";
import { Button } from "@/components/Button";
import { Problem } from "@/components/Problem";
import { RowSkeleton } from "@/components/RowSkeleton";
import { type LocalDate, todayIn } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { DayOfEntries } from "./DayOfEntries";

function byDay(entries: AuditEntry[], timezone: string): [LocalDate, AuditEntry[]][] {
  const days = new Map<LocalDate, AuditEntry[]>();
  for (const entry of entries) {
    const day = todayIn(timezone, new Date(entry.at));
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

function Entries() {
  const audit = useInfiniteQuery(auditQuery);
  // On the clocks of whoever reads it: the entries are of no site's day.
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!audit.data) {
    if (!audit.isError) return <RowSkeleton rows={6} />;
    return (
      <Problem
        title={t("The audit log could not be loaded")}
        error={audit.error}
        onRetry={() => audit.refetch()}
      />
    );
  }
  const entries = audit.data.pages.flatMap((page) => page.entries);
  return (
    <div className="space-y-6">
      {byDay(entries, timezone).map(([day, ofDay]) => (
        <DayOfEntries key={day} day={day} timezone={timezone} entries={ofDay} />
      ))}
      {audit.isFetchNextPageError && (
        <Problem
          title={t("Older entries could not be loaded")}
          error={audit.error}
          onRetry={() => audit.fetchNextPage()}
        />
      )}
      {audit.hasNextPage && !audit.isFetchNextPageError && (
        <Button disabled={audit.isFetchingNextPage} onClick={() => audit.fetchNextPage()}>
          {t("Show older entries")}
        </Button>
      )}
    </div>
  );
}

/** Who did what, for the owner. */
export function AuditView() {
  return (
    <div className="rounded-card border border-line bg-surface p-4">
      <Entries />
    </div>
  );
}
