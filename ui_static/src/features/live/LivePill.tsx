import { useQuery } from "@tanstack/react-query";
import { sitesQuery } from "@/api/getSites";
import type { Site } from "@/api/types";
import { useNow } from "@/lib/useNow";
import { type PillState, pillOf } from "./pillState";
import type { Live } from "./useLive";

const LOOKS: Record<PillState, string> = {
  receiving: "border-live text-live bg-live-soft",
  quiet: "border-line text-ink-2",
  reconnecting: "border-warn text-warn bg-warn-soft",
  connecting: "border-line text-ink-2",
};

const MARKS: Record<PillState, string> = {
  receiving: "bg-live",
  quiet: "border-[1.5px] border-current",
  reconnecting: "pulse border-[1.5px] border-dashed border-current",
  connecting: "pulse border-[1.5px] border-dashed border-current",
};

/** Whether events arrive, and how many visitors are there now. */
export function LivePill({ site, live }: { site: Site; live: Live }) {
  const now = useNow(1_000);
  const { data: current = 0 } = useQuery({
    ...sitesQuery,
    select: (sites) =>
      sites.find(({ site_id }) => site_id === site.site_id)?.today.current_visitors ?? 0,
  });
  const { state, text } = pillOf(live, current, site.timezone, now);
  return (
    <span
      role="status"
      // The countdown is for the eye; read out every second it would drown everything else.
      aria-live={state === "reconnecting" ? "off" : "polite"}
      data-testid="live"
      data-state={state}
      className={`inline-flex min-h-7 items-center gap-2 rounded-full border px-3 text-12 font-medium whitespace-nowrap ${LOOKS[state]}`}
    >
      <span className={`size-2 rounded-full ${MARKS[state]}`} aria-hidden="true" />
      {text}
    </span>
  );
}
