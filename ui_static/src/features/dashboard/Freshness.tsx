import type { UseQueryResult } from "@tanstack/react-query";
import type { Report } from "@/api/types";
import { clockSeconds } from "@/lib/dates";
import { t } from "@/lib/i18n";

/** When the numbers on the page were made, and whether newer ones could not be had. */
export function Freshness({
  query,
  timezone,
}: {
  query: UseQueryResult<Report>;
  timezone: string;
}) {
  if (!query.data) return null;
  const made = clockSeconds(query.data.report_generated_at, timezone);
  if (!query.isError)
    return (
      <p className="text-12 whitespace-nowrap text-ink-3 max-sm:hidden">
        {t("Updated {{made}}", { made })}
      </p>
    );
  return (
    <p role="alert" className="text-12 text-warn">
      {t("Not updated since {{made}}: {{message}}", { made, message: query.error.message })}{" "}
      <button type="button" className="font-medium underline" onClick={() => query.refetch()}>
        {t("Try again")}
      </button>
    </p>
  );
}
