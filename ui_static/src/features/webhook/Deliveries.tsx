import { Check, Clock, TriangleAlert } from "lucide-react";
import type { Delivery } from "@/api/types";
import { Moment } from "@/components/Moment";
import { Rich } from "@/components/Rich";
import { type Text, t } from "@/lib/i18n";

type Outcome = "taken" | "waits" | "given up";

const OUTCOMES: Record<Outcome, { Icon: typeof Check; tone: string; words: Text }> = {
  taken: { Icon: Check, tone: "text-live", words: "Taken" },
  waits: { Icon: Clock, tone: "text-warn", words: "Not taken yet" },
  "given up": { Icon: TriangleAlert, tone: "text-bad", words: "Given up" },
};

function titleOf({ kind, site_name: site }: Delivery): string {
  if (kind === "silence") return t("No events from {{site}}", { site });
  if (kind === "spike") return t("Many more visits on {{site}}", { site });
  return t("The code is gone from {{site}}", { site });
}

function outcome({ problem, next_at }: Delivery): Outcome {
  if (problem === null) return "taken";
  return next_at === null ? "given up" : "waits";
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { Icon, tone, words } = OUTCOMES[outcome(delivery)];
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <p className="font-medium wrap-anywhere">{titleOf(delivery)}</p>
      <p className={`flex flex-wrap items-center gap-x-1.5 ${tone}`}>
        <Icon className="size-4 shrink-0" aria-hidden="true" />
        <span>{t(words)}</span>
        <span className="text-ink-2">
          {"· "}
          <Moment at={delivery.tried_at} />
        </span>
      </p>
      {delivery.problem && <p className="text-ink-2 wrap-anywhere">{delivery.problem}</p>}
      {delivery.next_at && (
        <p className="text-12 text-ink-3">
          <Rich text="Next: <when/>" parts={{ when: <Moment at={delivery.next_at} /> }} />
        </p>
      )}
    </li>
  );
}

/** The last alarms that were posted, and how that ended. */
export function Deliveries({ deliveries }: { deliveries: Delivery[] }) {
  if (deliveries.length === 0) {
    return <p className="text-ink-2">{t("No alarm had to be posted yet.")}</p>;
  }
  return (
    <ul aria-label={t("The last alarms")}>
      {deliveries.map((delivery) => (
        <DeliveryRow
          key={`${delivery.site_id} ${delivery.kind} ${delivery.began_at}`}
          delivery={delivery}
        />
      ))}
    </ul>
  );
}
