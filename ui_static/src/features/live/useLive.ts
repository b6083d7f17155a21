import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { createLiveTicket } from "@/api/createLiveTicket";
import { ApiError } from "@/api/request";
import { endSession } from "@/api/session";
import type { LiveMessage, RecentEvent, Site, SiteToday } from "@/api/types";
import { LiveConnection, type LivePhase } from "./LiveConnection";
import { refetchAll, refetchToday, showSummary, todayOf } from "./liveCache";
import { Refresher } from "./Refresher";

export interface Live {
  phase: LivePhase;
  /** RFC 3339; null when the site never had an event, undefined until the program has said. */
  lastEventAt: string | null | undefined;
  /** As last told; undefined until the program has said. */
  today: SiteToday | undefined;
  /** Newest first. */
  recent: LiveEvent[];
}

export interface LiveEvent extends RecentEvent {
  /** Tells apart events that look the same. */
  id: number;
}

const REFRESH_MS = 1_000;
const RECENT_KEPT = 30;
const START: Live = {
  phase: { name: "connecting" },
  lastEventAt: undefined,
  today: undefined,
  recent: [],
};

function address(siteId: string, ticket: string): string {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  const query = new URLSearchParams({ token: ticket });
  return `${scheme}//${window.location.host}/ws/sites/${encodeURIComponent(siteId)}?${query}`;
}

/** The live state after a message; events keep the order in which they are told, newest first. */
export function afterMessage(live: Live, message: LiveMessage): Live {
  const summary = message.data.current_summary;
  // The first message of a connection tells what happened before it, so it takes the place of what was known.
  const known = message.type === "hello" ? [] : live.recent;
  const newest = (live.recent[0]?.id ?? 0) + message.data.recent.length;
  const told = message.data.recent
    .toSorted((a, b) => b.ts.localeCompare(a.ts))
    .map((event, index) => ({ ...event, id: newest - index }));
  return {
    ...live,
    lastEventAt: summary.last_event_at,
    today: todayOf(summary),
    recent: [...told, ...known].slice(0, RECENT_KEPT),
  };
}

/**
 * Keeps a site's numbers on the page moving while the page is open.
 *
 * @param viewToken of whoever came by a share link; a newer one leaves an open connection alone
 */
export function useLive(site: Site, viewToken?: string): Live {
  const client = useQueryClient();
  const [live, setLive] = useState(START);
  const fetchTicket = useEffectEvent(async (signal: AbortSignal) => {
    if (viewToken) return viewToken;
    try {
      return (await createLiveTicket(site.site_id, signal)).token;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) endSession(client);
      throw error;
    }
  });
  useEffect(() => {
    setLive(START);
    let greeted = false;
    const refresher = new Refresher(() => refetchToday(client, site), REFRESH_MS);
    const connection = new LiveConnection({
      fetchTicket,
      address: (ticket) => address(site.site_id, ticket),
      onPhase: (phase) => setLive((before) => ({ ...before, phase })),
      onMessage: (message) => {
        showSummary(client, site, message.data.current_summary);
        setLive((before) => afterMessage(before, message));
        if (message.type === "metrics_update") refresher.request();
        else if (greeted) void refetchAll(client, site);
        greeted = true;
      },
    });
    connection.start();
    return () => {
      refresher.stop();
      connection.stop();
    };
  }, [client, site]);
  return live;
}
