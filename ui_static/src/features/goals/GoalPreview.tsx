import { useQuery } from "@tanstack/react-query";
import { goalPreviewQuery } from "@/api/getGoalPreview";
import { ApiError } from "@/api/request";
import type { Goal, Site } from "@/api/types";
import { formatCount, formatPercent, plural } from "@/lib/format";
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
      return "Write what counts, and see here how many would have done it.";
    if (preview.error instanceof ApiError) {
      return preview.error.fields.pattern ?? preview.error.message;
    }
    if (!preview.data || settled !== pattern.trim()) return "Counting…";
    const { visitors, unique_visitors, conversions, conversion_rate_percent } = preview.data;
    if (unique_visitors === 0)
      return "Nobody visited in the last 30 days, so there is nothing to count yet.";
    if (conversions === 0) {
      return `None of ${plural(unique_visitors, "visitor")} of the last 30 days did this. Check how it is written; a new goal may still be right.`;
    }
    return (
      <>
        <strong className="font-semibold text-ink">{plural(visitors, "visitor")}</strong>
        {` of ${formatCount(unique_visitors)} (${formatPercent(conversion_rate_percent)}) did this in the last 30 days, ${plural(conversions, "time")}.`}
      </>
    );
  }
}
