import { Link } from "react-router";
import type { SiteWithToday } from "@/api/types";
import { formatCompact, formatCount, plural } from "@/lib/format";
import { shortAddress } from "./siteAddress";

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 font-medium text-ink-2">{name}</dt>
      <dd className="text-20 font-semibold" title={formatCount(value)}>
        {formatCompact(value)}
      </dd>
    </div>
  );
}

function Now({ visitors }: { visitors: number }) {
  if (visitors === 0) return <span className="text-ink-3">Nobody there now</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-live">
      <span className="size-2 rounded-full bg-live" aria-hidden="true" />
      {plural(visitors, "visitor")} there now
    </span>
  );
}

/** One website of the account with today's numbers; all of it leads to the dashboard. */
export function SiteCard({ site }: { site: SiteWithToday }) {
  const { today } = site;
  return (
    <li className="relative flex flex-col gap-4 rounded-card border border-line bg-surface p-4 transition-colors duration-150 hover:border-edge">
      <div className="min-w-0">
        <h2 className="truncate text-16 font-semibold">
          <Link
            to={`/sites/${site.site_id}`}
            className="after:absolute after:inset-0 after:rounded-card"
          >
            {site.name}
          </Link>
        </h2>
        <p className="truncate text-ink-3">{shortAddress(site.url)}</p>
      </div>
      <div>
        <p className="mb-1 text-12 text-ink-3">Today</p>
        <dl className="grid grid-cols-3 gap-3">
          <Figure name="Visitors" value={today.visitors} />
          <Figure name="Visits" value={today.visits} />
          <Figure name="Pageviews" value={today.pageviews} />
        </dl>
      </div>
      <p className="flex justify-between gap-3 border-t border-line pt-3 text-12">
        <Now visitors={today.current_visitors} />
        {site.role !== "owner" && (
          <span className="text-ink-3">shared with you as {site.role}</span>
        )}
      </p>
    </li>
  );
}
