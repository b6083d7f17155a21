import type { SiteAccess } from "@/api/sitePath";
import type { Text } from "./i18n";

/** A place in the help, as in /help/<page>#<heading>, and its name. */
export interface HelpPlace {
  page: string;
  label: Text;
}

/** Where one reads of what is missing, from where it is missing. */
export const HELP = {
  arrival: { page: "troubleshooting#no-visits-arrive", label: "When no visits arrive" },
  events: { page: "snippet#your-own-events", label: "Your own events" },
  sources: { page: "metrics#where-a-visit-came-from", label: "Where a visit came from" },
} as const satisfies Record<string, HelpPlace>;

/** Not for whoever came by a share link: they can do nothing about what is missing. */
export function helpFor(access: SiteAccess, place: HelpPlace | undefined): HelpPlace | undefined {
  return access.viewToken === undefined ? place : undefined;
}
