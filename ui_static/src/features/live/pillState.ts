import { sinceLabel } from "@/lib/dates";
import { t } from "@/lib/i18n";
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
      text: seconds > 0 ? t("reconnecting in {{seconds}} s", { seconds }) : t("reconnecting now"),
    };
  }
  if (phase.name !== "open") return { state: "connecting", text: t("connecting") };
  if (!lastEventAt) return { state: "quiet", text: t("waiting for the first event") };
  if (now.getTime() - Date.parse(lastEventAt) < RECEIVING_MS) {
    return {
      state: "receiving",
      text: t("live · {{visitors}} now", { visitors: currentVisitors }),
    };
  }
  return {
    state: "quiet",
    text: t("quiet since {{when}}", { when: sinceLabel(lastEventAt, timezone, now) }),
  };
}
