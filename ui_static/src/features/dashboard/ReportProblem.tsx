import type { UseQueryResult } from "@tanstack/react-query";
import type { Report } from "@/api/types";
import { Button } from "@/components/Button";
import { HelpLink } from "@/components/HelpLink";
import { t } from "@/lib/i18n";

interface ReportProblemProps {
  query: UseQueryResult<Report>;
  /** Set while something is compared: the earlier days may be what cannot be had. */
  onStopComparing: (() => void) | undefined;
}

/** Above the tiles when there is no report: why, and what may help. */
export function ReportProblem({ query, onStopComparing }: ReportProblemProps) {
  if (!query.isError || query.data) return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-3"
    >
      <div className="min-w-64 grow basis-0">
        <p className="font-medium text-bad">{t("The figures could not be loaded")}</p>
        <p className="mt-0.5 text-ink-2">
          {query.error.message}{" "}
          <HelpLink page="troubleshooting" label={t("When something is wrong")} />
        </p>
      </div>
      {onStopComparing && <Button onClick={onStopComparing}>{t("Do not compare")}</Button>}
      <Button onClick={() => query.refetch()}>{t("Try again")}</Button>
    </div>
  );
}
