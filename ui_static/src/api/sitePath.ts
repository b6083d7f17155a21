/** A site, and what whoever came by a share link looks at it with. */
export interface SiteAccess {
  site_id: string;
  viewToken?: string | undefined;
}

/** The address of what the program reports about a site. */
export function reportPath(
  { site_id, viewToken }: SiteAccess,
  what:
    | "report"
    | "timeseries"
    | "top-pages"
    | "breakdown"
    | "vitals"
    | "export"
    | "export/progress"
    | "ledger"
    | "quarantine",
  params: Record<string, string>,
): string {
  const query = new URLSearchParams(viewToken ? { ...params, token: viewToken } : params);
  return `/api/sites/${encodeURIComponent(site_id)}/${what}?${query}`;
}
