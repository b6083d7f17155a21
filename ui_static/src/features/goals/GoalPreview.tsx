import { useQuery } from "@tanstack/react-query";
import { goalPreviewQuery } from "@/api/getGoalPreview";
import { ApiError } from "@/api/request";
import type { Goal, Site } from "@/api/types";
import { Rich } from "@/components/Rich";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useSettled } from "@/lib/useSettled";

const TYPING_MS = 400;

interface GoalPreviewProps {
  site: Site;
  kind: Goal["kind"];
  pattern: string;
}

/** How many would have reached a goal while it is still being written. */
export function GoalPreview({ site, kind, pattern }: GoalPreviewProps) {
  const settled = useSettled(pattern.trim(), TYPING_MS);
  const preview = useQuery({
    ...goalPreviewQuery(site.site_id, kind, settled),
    enabled: settled !== "",
    retry: false,
  });
  return (
    <p role="status" className="min-h-10 text-ink-2">
      {text()}
    </p>
  );

  function text() {
    if (pattern.trim() === "")
      return t("Write what counts, and see here how many would have done it.");
    if (preview.error instanceof ApiError) {
      return preview.error.fields.pattern ?? preview.error.message;
    }
    if (!preview.data || settled !== pattern.trim()) return t("Counting…");
    const { visitors, unique_visitors, conversions, conversion_rate_percent } = preview.data;
    if (unique_visitors === 0)
      return t("Nobody visited in the last 30 days, so there is nothing to count yet.");
    if (conversions === 0) {
      return t(
        "None of {{count}} visitors of the last 30 days did this. Check how it is written; a new goal may still be right.",
        { count: unique_visitors },
      );
    }
    return (
      <Rich
        text="<strong>{{visitors}}</strong> of {{all}} ({{share}}) did this in the last 30 days, {{times}}."
        values={{
          visitors: t("{{count}} visitors", { count: visitors }),
          all: unique_visitors,
          share: formatPercent(conversion_rate_percent),
          times: t("{{count}} times", { count: conversions }),
        }}
        parts={{ strong: <strong className="font-semibold text-ink" /> }}
      />
    );
  }
}
