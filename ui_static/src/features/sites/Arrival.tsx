import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, ExternalLink } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { siteStatusQuery } from "@/api/getSiteStatus";
import type { RecentEvent, Site, SiteStatus } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { clockSeconds, sinceLabel } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { useNow } from "@/lib/useNow";
import { ArrivalList } from "./ArrivalList";
import { checks, refusalSince } from "./arrival";
import { Diagnosis } from "./Diagnosis";

const POLL_MS = 2_000;
const PATIENCE_MS = 20_000;

interface ArrivalProps {
  site: Site;
  scriptUrl: string;
  /** What was counted lately, newest first. */
  events: readonly RecentEvent[];
}

interface Test {
  /** By the program's clock. */
  since: string;
  /** By this browser's. */
  begun: number;
  /** What was counted before: told again after a break, it is nothing new. */
  known: ReadonlySet<string>;
}

function nameOf({ ts, event_type, path }: RecentEvent): string {
  return JSON.stringify([ts, event_type, path]);
}

function words(status: SiteStatus | undefined, site: Site, testing: boolean, passed: boolean) {
  if (testing) {
    return passed
      ? { title: t("It works"), text: t("Your visit is counted.") }
      : {
          title: t("Watching"),
          text: t("Your website is open in another tab: its events show here as they come."),
        };
  }
  if (!status?.first_event_at) {
    return {
      title: t("Waiting for your first visitor"),
      text: t("Put the code in, then open your website. This turns green by itself."),
    };
  }
  const first = sinceLabel(status.first_event_at, site.timezone, new Date());
  return {
    title: t("Your website is being counted"),
    text: t("First event received {{first}} · {{events}} in the last hour", {
      first,
      events: t("{{count}} events", { count: status.events_last_hour }),
    }),
  };
}

/** Whether events arrive, and a test of it: how far they come, or what is in their way. */
export function Arrival({ site, scriptUrl, events }: ArrivalProps) {
  const [test, setTest] = useState<Test>();
  const now = useNow(1_000);
  const status = useQuery({
    ...siteStatusQuery(site.site_id),
    staleTime: 0,
    // The website is in front while it is tested.
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => (state.data?.first_event_at && !test ? false : POLL_MS),
  });
  const since = test?.since ?? null;
  const fresh = test ? events.filter((event) => !test.known.has(nameOf(event))) : [];
  const done = status.data
    ? checks(status.data, since, fresh.length)
    : { script: false, received: false, counted: false };
  const refusal = status.data && refusalSince(status.data, since);
  const patienceEnded = test !== undefined && now.getTime() - test.begun > PATIENCE_MS;
  const { title, text } = words(status.data, site, test !== undefined, done.counted);
  const Icon = done.counted ? CircleCheck : CircleDashed;

  function begin() {
    if (!status.data) return;
    setTest({ since: status.data.now, begun: Date.now(), known: new Set(events.map(nameOf)) });
  }

  return (
    <div className="space-y-3">
      <div
        role="status"
        data-testid="first-visitor"
        data-state={done.counted ? "received" : "waiting"}
        className={`space-y-4 rounded-card border p-4 ${done.counted ? "border-live bg-live-soft" : "border-line bg-raised"}`}
      >
        <div className="flex items-start gap-3">
          <Icon
            className={`size-6 shrink-0 ${done.counted ? "text-live" : "pulse text-ink-3"}`}
            aria-hidden="true"
          />
          <div className="min-w-0">
            <p className={`font-semibold ${done.counted ? "text-live" : ""}`}>{title}</p>
            <p className="text-ink-2">
              {status.isError
                ? t("The last check did not get through and is repeated. {{message}}", {
                    message: status.error.message,
                  })
                : text}
            </p>
          </div>
        </div>
        <ArrivalList done={done} />
        {fresh.length > 0 && (
          <ul aria-label={t("Events of this test")} className="space-y-1">
            {fresh.map((event) => (
              <li key={nameOf(event)} className="flex gap-3">
                <time dateTime={event.ts} className="text-12 leading-5 text-ink-3">
                  {clockSeconds(event.ts, site.timezone)}
                </time>
                <span className="min-w-0 truncate">
                  <span className="font-medium">{event.event_type}</span> {event.path}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {!done.received && (refusal || patienceEnded) && (
        <Diagnosis site={site} scriptUrl={scriptUrl} refusal={refusal} scriptLoaded={done.script} />
      )}
      <div className="flex flex-wrap gap-3">
        <a
          href={site.url}
          target="_blank"
          rel="noopener noreferrer"
          onClick={begin}
          className={buttonStyle("plain")}
        >
          <ExternalLink className="size-4" aria-hidden="true" />
          {test ? t("Test again") : t("Test: open my website")}
        </a>
        {done.counted && (
          <Link to={`/sites/${site.site_id}`} className={buttonStyle("primary")}>
            {t("Open the dashboard")}
          </Link>
        )}
      </div>
    </div>
  );
}
