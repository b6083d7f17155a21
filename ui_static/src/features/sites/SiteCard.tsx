import { Link } from "react-router";
import type { SiteWithToday } from "@/api/types";
import { formatCompact, formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";
import { type Change, changeSinceYesterday } from "./change";
import { HoursSpark } from "./HoursSpark";
import { SiteMenu } from "./SiteMenu";
import { shortAddress } from "./siteAddress";

const MARKS = { up: "▲", down: "▼", none: "" } as const;
const COLORS = { up: "text-up", down: "text-down", none: "text-ink-2" } as const;

function ChangeText({ change }: { change: Change }) {
  return (
    <p className="text-12 text-ink-2">
      <span aria-hidden="true" className={COLORS[change.direction]}>
        {MARKS[change.direction]}
      </span>{" "}
      {change.text}
    </p>
  );
}

function Now({ visitors }: { visitors: number }) {
  if (visitors === 0) return <span className="text-ink-3">{t("Nobody there now")}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-live">
      <span className="size-2 rounded-full bg-live" aria-hidden="true" />
      {t("{{count}} visitors there now", { count: visitors })}
    </span>
  );
}

/** One website of the account with today's numbers; all of it but its menu leads to the dashboard. */
export function SiteCard({ site }: { site: SiteWithToday }) {
  const { today, recent } = site;
  const change = changeSinceYesterday(today.visitors, recent.yesterday_by_now);
  return (
    <li className="relative flex flex-col gap-3 rounded-card border border-line bg-surface p-4 transition-colors duration-150 hover:border-edge">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <h3 className="truncate text-16 font-semibold">
            <Link
              to={`/sites/${site.site_id}`}
              className="after:absolute after:inset-0 after:rounded-card"
            >
              {site.name}
            </Link>
          </h3>
          <p className="truncate text-ink-3">{shortAddress(site.url)}</p>
        </div>
        <SiteMenu site={site} />
      </div>
      <div>
        <p>
          <span className="text-28 font-semibold" title={formatCount(today.visitors)}>
            {formatCompact(today.visitors)}
          </span>{" "}
          <span className="text-ink-2">
            {today.visitors === 1 ? t("visitor today") : t("visitors today")}
          </span>
        </p>
        <div className="min-h-4">{change && <ChangeText change={change} />}</div>
      </div>
      <div>
        <HoursSpark hours={recent.last_24_hours} />
        <p className="mt-1 flex justify-between text-12 text-ink-3" aria-hidden="true">
          <span>{t("24 h ago")}</span>
          <span>{t("now")}</span>
        </p>
      </div>
      <p className="mt-auto flex flex-wrap justify-between gap-x-3 gap-y-1 border-t border-line pt-3 text-12">
        <Now visitors={today.current_visitors} />
        <span className="text-ink-3">
          {t("{{count}} visits", { count: today.visits })} ·{" "}
          {t("{{count}} pageviews", { count: today.pageviews })}
        </span>
      </p>
    </li>
  );
}
