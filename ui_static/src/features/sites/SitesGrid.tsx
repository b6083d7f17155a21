import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Link, Navigate } from "react-router";
import { sitesQuery } from "@/api/getSites";
import type { Account } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
import { Problem } from "@/components/Problem";
import { SiteCard } from "./SiteCard";

const GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3";

function Cards({ mayAdd }: { mayAdd: boolean }) {
  const sites = useQuery(sitesQuery);
  if (sites.data?.length === 0) {
    if (mayAdd) return <Navigate to="/sites/new" replace />;
    return (
      <Empty title="No website is shared with you yet">
        Ask the owner of a website to invite you to it. It appears here as soon as you accept.
      </Empty>
    );
  }
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

/** All websites of the account and those shared with it. */
export function SitesGrid({ account }: { account: Account | null }) {
  const mayAdd = account?.role !== "viewer";
  return (
    <>
      <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">Your websites</h1>
        {mayAdd && (
          <Link to="/sites/new" className={buttonStyle("primary")}>
            <Plus className="size-4" aria-hidden="true" />
            Add website
          </Link>
        )}
      </header>
      <Cards mayAdd={mayAdd} />
    </>
  );
}
