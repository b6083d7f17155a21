import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Link, Navigate } from "react-router";
import { sitesQuery } from "@/api/getSites";
import { buttonStyle } from "@/components/buttonStyle";
import { Problem } from "@/components/Problem";
import { SiteCard } from "./SiteCard";

const GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3";

function Cards() {
  const sites = useQuery(sitesQuery);
  if (sites.data?.length === 0) return <Navigate to="/sites/new" replace />;
  if (sites.data) {
    return (
      <ul className={GRID}>
        {sites.data.map((site) => (
          <SiteCard key={site.site_id} site={site} />
        ))}
      </ul>
    );
  }
  if (sites.isError) {
    return (
      <Problem
        title="Your websites could not be loaded"
        error={sites.error}
        onRetry={() => sites.refetch()}
      />
    );
  }
  return (
    <div className={GRID} aria-busy="true">
      <div className="skeleton h-52 rounded-card" />
      <div className="skeleton h-52 rounded-card" />
    </div>
  );
}

/** All websites of the account. */
export function SitesGrid() {
  return (
    <>
      <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">Your websites</h1>
        <Link to="/sites/new" className={buttonStyle("primary")}>
          <Plus className="size-4" aria-hidden="true" />
          Add website
        </Link>
      </header>
      <Cards />
    </>
  );
}
