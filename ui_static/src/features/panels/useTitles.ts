import { useQuery } from "@tanstack/react-query";
import { topPagesQuery } from "@/api/getTopPages";
import type { SiteAccess } from "@/api/sitePath";
import type { Dimension } from "@/lib/filters";
import type { View } from "@/lib/view";
import type { Kind } from "./kinds";

const PAGES: readonly Dimension[] = ["page", "entry_page", "exit_page"];
const MOST = 1000;

/** The titles of pages by their path, of the thousand that are viewed most; none of anything else. */
export function useTitles(
  access: SiteAccess,
  view: View,
  { dimension }: Kind,
): ReadonlyMap<string, string> {
  const query = useQuery({
    ...topPagesQuery(access, view, MOST),
    enabled: PAGES.includes(dimension),
  });
  return new Map(query.data?.pages.map((page) => [page.path, page.page_title]));
}
