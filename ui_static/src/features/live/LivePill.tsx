import { useNow } from "@/lib/useNow";
import { type PillState, pillOf } from "./pillState";
import { type LiveProps, useToday } from "./useToday";

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
export function LivePill({ site, live, shared = false }: LiveProps) {
  const now = useNow(1_000);
  const today = useToday(site, live, shared);
  const { state, text } = pillOf(live, today?.current_visitors ?? 0, site.timezone, now);
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
