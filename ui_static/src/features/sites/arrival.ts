import type { SiteStatus } from "@/api/types";

export type Refusal = SiteStatus["contact"]["refusals"][number];

/** An instant of the program's clock, from which on a test looks; null: from the beginning. */
export type Since = string | null;

export interface Checks {
  script: boolean;
  received: boolean;
  counted: boolean;
}

function isAfter(at: string | null, since: Since): boolean {
  return at !== null && (since === null || Date.parse(at) >= Date.parse(since));
}

/**
 * How far an event of the website has come.
 *
 * @param counted how many were told as counted since then
 */
export function checks(status: SiteStatus, since: Since, counted: number): Checks {
  const arrived = counted > 0 || (since === null && status.first_event_at !== null);
  const received = arrived || isAfter(status.contact.stored_at, since);
  // A browser that has the script already does not ask for it again.
  return {
    script:
      received ||
      isAfter(status.contact.script_at, since) ||
      refusalSince(status, since) !== undefined,
    received,
    counted: arrived,
  };
}

/** The newest event that arrived and was not counted. */
export function refusalSince(status: SiteStatus, since: Since): Refusal | undefined {
  return status.contact.refusals.find(({ at }) => isAfter(at, since));
}
