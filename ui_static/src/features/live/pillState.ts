import { sinceLabel } from "@/lib/dates";
import { formatCount } from "@/lib/format";
import type { Live } from "./useLive";

export type PillState = "receiving" | "quiet" | "reconnecting" | "connecting";

const RECEIVING_MS = 5 * 60_000;

interface Pill {
  state: PillState;
  text: string;
}

/** What the live pill says at `now`. */
export function pillOf(live: Live, currentVisitors: number, timezone: string, now: Date): Pill {
  const { phase, lastEventAt } = live;
  if (phase.name === "waiting") {
    const seconds = Math.max(0, Math.ceil((phase.retryAt - now.getTime()) / 1000));
    return {
      state: "reconnecting",
      text: seconds > 0 ? `reconnecting in ${seconds} s` : "reconnecting now",
    };
  }
  if (phase.name !== "open") return { state: "connecting", text: "connecting" };
  if (!lastEventAt) return { state: "quiet", text: "waiting for the first event" };
  if (now.getTime() - Date.parse(lastEventAt) < RECEIVING_MS) {
    return { state: "receiving", text: `live · ${formatCount(currentVisitors)} now` };
  }
  return { state: "quiet", text: `quiet since ${sinceLabel(lastEventAt, timezone, now)}` };
}
