import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import { siteQuery } from "@/api/getSite";
import { ApiError } from "@/api/request";
import type { SiteSettings } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { Problem } from "@/components/Problem";
import { t } from "@/lib/i18n";

interface SitePageProps {
  skeleton: ReactNode;
  children: (site: SiteSettings) => ReactNode;
}

function Unknown() {
  return (
    <>
      <title>{`${t("Website not found")} · Analytiq`}</title>
      <h1 className="text-20 font-semibold">{t("This website is not here")}</h1>
      <p className="mt-1 mb-4 max-w-120 text-ink-2">
        {t(
          "It has been deleted, belongs to another account, or the address is mistyped. Nothing else of yours is affected.",
        )}
      </p>
      <Link to="/sites" className={buttonStyle("plain")}>
        {t("See your websites")}
      </Link>
    </>
  );
}

/** The site that the page's address names, or why it cannot be shown. */
export function SitePage({ skeleton, children }: SitePageProps) {
  const { siteId = "" } = useParams();
  const site = useQuery(siteQuery(siteId));
  if (site.data) return children(site.data);
  if (!site.isError) return <div aria-busy="true">{skeleton}</div>;
  if (site.error instanceof ApiError && site.error.status === 404) return <Unknown />;
  return (
    <Problem
      title={t("This website could not be loaded")}
      error={site.error}
      onRetry={() => site.refetch()}
    />
  );
}
