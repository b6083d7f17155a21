import { useQuery } from "@tanstack/react-query";
import { sitesQuery } from "@/api/getSites";
import type { Site, SiteToday } from "@/api/types";
import type { Live } from "./useLive";

export interface LiveProps {
  site: Site;
  live: Live;
  /** Whoever looks came by a share link, and has no list of sites. */
  shared?: boolean;
}

/** Today's numbers: of the account's list of sites, where pushes go too, or as the live connection told last. */
export function useToday(site: Site, live: Live, shared: boolean): SiteToday | undefined {
  const { data } = useQuery({
    ...sitesQuery,
    enabled: !shared,
    select: (sites) => sites.find(({ site_id }) => site_id === site.site_id)?.today,
  });
  return shared ? live.today : data;
}
