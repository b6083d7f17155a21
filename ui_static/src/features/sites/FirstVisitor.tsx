import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed } from "lucide-react";
import { Link } from "react-router";
import { siteStatusQuery } from "@/api/getSiteStatus";
import type { Site } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { sinceLabel } from "@/lib/dates";
import { plural } from "@/lib/format";

const POLL_MS = 2_000;

/** Asks until the first event has arrived, and then says so. */
export function FirstVisitor({ site }: { site: Site }) {
  const status = useQuery({
    ...siteStatusQuery(site.site_id),
    refetchInterval: ({ state }) => (state.data?.first_event_at ? false : POLL_MS),
  });
  const first = status.data?.first_event_at;
  return (
    <div
      role="status"
      data-testid="first-visitor"
      data-state={first ? "received" : "waiting"}
      className={`flex flex-wrap items-center gap-x-3 gap-y-4 rounded-card border p-4 ${first ? "border-live bg-live-soft" : "border-line bg-raised"}`}
    >
      {first ? (
        <CircleCheck className="size-6 text-live" aria-hidden="true" />
      ) : (
        <CircleDashed className="pulse size-6 text-ink-3" aria-hidden="true" />
      )}
      <div className="min-w-0 grow basis-52">
        <p className={`font-semibold ${first ? "text-live" : ""}`}>
          {first ? "Your website is being counted" : "Waiting for your first visitor"}
        </p>
        <p className="text-ink-2">
          {first
            ? `First event received ${sinceLabel(first, site.timezone, new Date())} · ${plural(status.data?.events_last_hour ?? 0, "event")} in the last hour`
            : status.isError
              ? `The last check did not get through and is repeated. ${status.error.message}`
              : "Put the code in, then open your website. This turns green by itself."}
        </p>
      </div>
      {first && (
        <Link to={`/sites/${site.site_id}`} className={buttonStyle("primary")}>
          Open the dashboard
        </Link>
      )}
    </div>
  );
}
