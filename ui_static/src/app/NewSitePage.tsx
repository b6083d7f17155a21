import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { sitesQuery } from "@/api/getSites";
import { Problem } from "@/components/Problem";
import { AddSiteForm } from "@/features/sites/AddSiteForm";
import { t } from "@/lib/i18n";
import { AppFrame } from "./AppFrame";
import { FirstRunSteps } from "./FirstRunSteps";
import { PageSkeleton } from "./PageSkeleton";

/** Adds a website; for an account without one it is the second of the three first steps. */
export function NewSitePage() {
  const sites = useQuery(sitesQuery);
  const navigate = useNavigate();
  // Decided once: the list grows while this page is still on the screen.
  const [firstSite, setFirstSite] = useState<boolean>();
  if (firstSite === undefined && sites.data) setFirstSite(sites.data.length === 0);
  if (firstSite === undefined) {
    if (!sites.isError) return <PageSkeleton />;
    return (
      <AppFrame>
        <Problem
          title={t("Your websites could not be loaded")}
          error={sites.error}
          onRetry={() => sites.refetch()}
        />
      </AppFrame>
    );
  }
  const form = (
    <AddSiteForm
      onAdded={({ site_id }) =>
        navigate(`/sites/${site_id}/snippet`, { state: { firstSite }, replace: firstSite })
      }
    />
  );
  if (firstSite) return <FirstRunSteps step={2}>{form}</FirstRunSteps>;
  return (
    <AppFrame>
      <title>{`${t("Add website")} · Analytiq`}</title>
      <div className="max-w-120">
        <h1 className="mb-6 text-20 font-semibold">{t("Add a website")}</h1>
        {form}
      </div>
    </AppFrame>
  );
}
