import { CodeXml, Ellipsis, KeyRound, type LucideIcon, Pencil, Trash2 } from "lucide-react";
import { Link } from "react-router";
import type { SiteWithToday } from "@/api/types";
import { Menu } from "@/components/Menu";
import { t } from "@/lib/i18n";

interface Item {
  to: string;
  label: string;
  Icon: LucideIcon;
  ownersOnly?: boolean;
}

function items(siteId: string): Item[] {
  const settings = `/sites/${siteId}/settings`;
  return [
    { to: `/sites/${siteId}/snippet`, label: t("Put in the snippet"), Icon: CodeXml },
    { to: `${settings}#general`, label: t("Rename"), Icon: Pencil },
    { to: `${settings}#key`, label: t("Change the key"), Icon: KeyRound },
    { to: `${settings}#delete`, label: t("Delete"), Icon: Trash2, ownersOnly: true },
  ];
}

/** What can be done with a website from its card; each leads to the page that does it. */
export function SiteMenu({ site }: { site: SiteWithToday }) {
  if (site.role === "viewer") return null;
  return (
    <Menu
      name={site.name}
      align="end"
      width="w-52"
      triggerClassName="touch relative z-10 -mt-1 -me-1 flex size-8 shrink-0 items-center justify-center rounded-control text-ink-3 hover:bg-raised hover:text-ink"
      trigger={
        <>
          <Ellipsis className="size-4" aria-hidden="true" />
          <span className="sr-only">{t("More about {{name}}", { name: site.name })}</span>
        </>
      }
    >
      {() => (
        <ul>
          {items(site.site_id)
            .filter(({ ownersOnly }) => !ownersOnly || site.role === "owner")
            .map(({ to, label, Icon }) => (
              <li key={to}>
                <Link
                  to={to}
                  className="flex min-h-11 items-center gap-2.5 rounded-control px-2 hover:bg-raised sm:min-h-9"
                >
                  <Icon className="size-4 text-ink-3" aria-hidden="true" />
                  {label}
                </Link>
              </li>
            ))}
        </ul>
      )}
    </Menu>
  );
}
