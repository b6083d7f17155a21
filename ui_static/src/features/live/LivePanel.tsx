import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import type { SiteToday } from "@/api/types";
import { Empty } from "@/components/Empty";
import { LongPath } from "@/components/LongPath";
import { Panel } from "@/components/Panel";
import { Ticking } from "@/components/Ticking";
import { clockSeconds } from "@/lib/dates";
import { valueLabel } from "@/lib/dimensions";
import { formatCount } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import { useShortcuts } from "@/lib/useShortcuts";
import type { Live, LiveEvent } from "./useLive";
import { type LiveProps, useToday } from "./useToday";

const SHOWN = 6;

const VERBS: Record<string, Text> = {
  pageview: "viewed",
  route_change: "viewed",
  click: "clicked on",
  scroll: "scrolled on",
  leave: "left",
  load: "loaded",
  error: "had an error on",
  vitals: "measured",
};

const FIGURES: readonly { name: Text; of: (today: SiteToday) => number }[] = [
  { name: "Here now", of: (today) => today.current_visitors },
  { name: "Visitors today", of: (today) => today.visitors },
  { name: "Visits today", of: (today) => today.visits },
  { name: "Pageviews today", of: (today) => today.pageviews },
];

/** What somebody did, before the page where they did it. */
function did(type: string): string {
  const verb = VERBS[type];
  return verb ? t(verb) : t("{{event}} on", { event: type });
}

function EventRow({ event, timezone }: { event: LiveEvent; timezone: string }) {
  const origin = [
    event.source && valueLabel("source", event.source),
    event.country && valueLabel("country", event.country),
  ]
    .filter(Boolean)
    .join(" · ");
  return (
    <li className="flex h-8 items-center gap-3 px-2">
      <time dateTime={event.ts} className="shrink-0 text-12 text-ink-3">
        {clockSeconds(event.ts, timezone)}
      </time>
      <span className="flex min-w-0 grow gap-1" title={event.path ?? undefined}>
        <span className="shrink-0 text-ink-2">{did(event.event_type)}</span>{" "}
        <LongPath path={event.path ?? t("an unknown page")} />
      </span>
      {origin && <span className="shrink-0 text-12 text-ink-3 max-[380px]:hidden">{origin}</span>}
    </li>
  );
}

/** The newest events; the list holds still while somebody points at it or is inside it. */
function Feed({ live, timezone }: { live: Live; timezone: string }) {
  const [held, setHeld] = useState<LiveEvent[]>();
  const shown = (held ?? live.recent).slice(0, SHOWN);
  if (shown.length === 0) {
    return (
      <Empty title={t("Nothing in the last half hour")}>
        {t("Open your website in another tab: the visit appears here by itself.")}
      </Empty>
    );
  }
  return (
    <ul
      aria-label={t("Newest events")}
      onPointerEnter={() => setHeld(live.recent)}
      onPointerLeave={() => setHeld(undefined)}
    >
      {shown.map((event) => (
        <EventRow key={event.id} event={event} timezone={timezone} />
      ))}
    </ul>
  );
}

/** Where the navigation leads to: it comes into sight each time it is asked for. */
function useLiveAnchor() {
  const anchor = useRef<HTMLDivElement>(null);
  const { hash, key } = useLocation();
  const come = () => anchor.current?.scrollIntoView({ block: "start" });
  useShortcuts({ R: come });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the second click on the same way has another key
  useEffect(() => {
    if (hash === "#live") come();
  }, [hash, key]);
  return anchor;
}

/** What happens on the site right now. */
export function LivePanel({ site, live, shared = false }: LiveProps) {
  const today = useToday(site, live, shared);
  const anchor = useLiveAnchor();
  return (
    <div ref={anchor} id="live" className="flex grow scroll-mt-4 flex-col">
      <Panel
        title={t("Live")}
        className="grow"
        rule={t(
          "Visitors with an event in the last five minutes, today's numbers since midnight in the site's time zone, and what visitors did in the last half hour and since.",
        )}
      >
        <dl className="mb-3 grid grid-cols-2 gap-3 border-b border-line pb-3 sm:grid-cols-4">
          {FIGURES.map(({ name, of }) => (
            <div key={name}>
              <dt className="text-12 font-medium text-ink-3">{t(name)}</dt>
              <dd className="text-20 font-semibold">
                {today ? <Ticking>{formatCount(of(today))}</Ticking> : "–"}
              </dd>
            </div>
          ))}
        </dl>
        <div className="flex min-h-48 grow flex-col">
          <Feed live={live} timezone={site.timezone} />
        </div>
      </Panel>
    </div>
  );
}
