import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { Link } from "react-router";
import { sitesQuery } from "@/api/getSites";
import type { Site } from "@/api/types";
import { Menu } from "@/components/Menu";
import { formatCompact } from "@/lib/format";
import { t } from "@/lib/i18n";

const ROW =
  "flex min-h-11 items-center justify-between gap-3 rounded-control px-2 hover:bg-raised sm:min-h-9";

/** The site's name; opens the way to the other sites. */
export function SiteSwitcher({ site }: { site: Site }) {
  const sites = useQuery(sitesQuery);
  return (
    <Menu
      name={t("Websites")}
      triggerClassName="flex min-h-11 min-w-0 items-center gap-1.5 rounded-control px-2 -ms-2 hover:bg-raised sm:min-h-9"
      trigger={
        <>
          <span className="truncate text-20 font-semibold">{site.name}</span>
          <ChevronDown className="size-4 shrink-0 text-ink-3" aria-label={t("Change website")} />
        </>
      }
    >
      {(close) => (
        <ul>
          {sites.data?.map((other) => (
            <li key={other.site_id}>
              <Link
                to={`/sites/${other.site_id}`}
                onClick={close}
                aria-current={other.site_id === site.site_id ? "page" : undefined}
                className={`${ROW} aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium`}
              >
                <span className="truncate">{other.name}</span>
                <span className="shrink-0 text-12 text-ink-3">
                  {t("{{visitors}} today", { visitors: formatCompact(other.today.visitors) })}
                </span>
              </Link>
            </li>
          ))}
          <li className="mt-1 border-t border-line pt-1">
            <Link to="/sites" onClick={close} className={ROW}>
              {t("All websites")}
            </Link>
          </li>
          <li>
            <Link to="/sites/new" onClick={close} className={ROW}>
              {t("Add website")}
            </Link>
          </li>
        </ul>
      )}
    </Menu>
  );
}
