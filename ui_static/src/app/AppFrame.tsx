import { useQuery } from "@tanstack/react-query";
import {
  ChartNoAxesCombined,
  CircleHelp,
  CircleUser,
  CodeXml,
  Ellipsis,
  LayoutGrid,
  type LucideIcon,
  Radio,
  ReceiptText,
  Settings,
  Target,
} from "lucide-react";
import type { ReactNode } from "react";
import { Link, parsePath, useLocation } from "react-router";
import { siteQuery } from "@/api/getSite";
import { Logo } from "@/components/Logo";
import { Menu } from "@/components/Menu";
import { AccountMenu } from "@/features/auth/AccountMenu";
import { BoxState } from "@/features/notices/BoxState";
import { Notices } from "@/features/notices/Notices";
import { t } from "@/lib/i18n";
import { useAccount } from "./useAccount";

interface AppFrameProps {
  /** Set on the pages of one site: its places stand in the navigation. */
  siteId?: string;
  children: ReactNode;
}

interface Place {
  to: string;
  label: string;
  Icon: LucideIcon;
  /** In the bottom bar, which has no room for it, behind "More". */
  more?: boolean;
}

/** Until it is known what somebody is of a site, they may have all of its places. */
function usePlaces(siteId: string | undefined): Place[] {
  const site = useQuery({ ...siteQuery(siteId ?? ""), enabled: siteId !== undefined });
  const sites = { to: "/sites", label: t("Sites"), Icon: LayoutGrid };
  if (!siteId) return [sites];
  const looking: Place[] = [
    sites,
    { to: `/sites/${siteId}`, label: t("Dashboard"), Icon: ChartNoAxesCombined },
    { to: `/sites/${siteId}#live`, label: t("Live"), Icon: Radio },
    { to: `/sites/${siteId}/arrived`, label: t("What arrived"), Icon: ReceiptText, more: true },
    { to: `/sites/${siteId}/goals`, label: t("Goals"), Icon: Target, more: true },
  ];
  if (site.data?.role === "viewer") return looking;
  return [
    ...looking,
    { to: `/sites/${siteId}/snippet`, label: t("Snippet"), Icon: CodeXml, more: true },
    { to: `/sites/${siteId}/settings`, label: t("Settings"), Icon: Settings },
  ];
}

/** A way to a place, or to a part of a page; says which of them is the present one. */
function PlaceLink({ place: { to, label, Icon }, look }: { place: Place; look: string }) {
  const { pathname, search, hash } = useLocation();
  const path = parsePath(to);
  const here = to === `${pathname}${hash}`;
  // A way to a part of the same page leaves its days and filters as they are.
  const kept = path.hash && path.pathname === pathname ? search : "";
  return (
    <Link to={{ ...path, search: kept }} aria-current={here ? "page" : undefined} className={look}>
      <Icon className="size-4" aria-hidden="true" />
      {label}
    </Link>
  );
}

const help = (): Place => ({ to: "/help", label: t("Help"), Icon: CircleHelp });

const RAIL_ITEM =
  "flex min-h-9 w-full items-center gap-2.5 rounded-control px-2 text-ink-2 hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink";

const BAR_ITEM =
  "flex min-h-14 w-full flex-col items-center justify-center gap-0.5 text-12 text-ink-2 aria-[current=page]:font-medium aria-[current=page]:text-accent";

function Rail({ siteId }: { siteId: string | undefined }) {
  const account = useAccount();
  const places = usePlaces(siteId);
  return (
    <header className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col border-e border-line p-3 md:flex print:hidden">
      <Link to="/sites" className="mb-5 inline-flex rounded px-2 py-1">
        <Logo />
      </Link>
      <nav aria-label={t("Main")} className="space-y-0.5">
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} look={RAIL_ITEM} />
        ))}
      </nav>
      <div className="mt-auto">
        <PlaceLink place={help()} look={RAIL_ITEM} />
        <BoxState />
        {account && (
          <Menu
            name={t("Account")}
            side="top"
            triggerClassName={RAIL_ITEM}
            trigger={
              <>
                <CircleUser className="size-4 shrink-0" aria-hidden="true" />
                <span className="truncate">{account.name || account.email}</span>
              </>
            }
          >
            {() => <AccountMenu account={account} />}
          </Menu>
        )}
      </div>
    </header>
  );
}

function BottomBar({ siteId }: { siteId: string | undefined }) {
  const account = useAccount();
  const places = usePlaces(siteId);
  const behind = [...places.filter(({ more }) => more), help()];
  return (
    <nav
      aria-label={t("Main")}
      className="fixed inset-x-0 bottom-0 z-40 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      {places
        .filter(({ more }) => !more)
        .map((place) => (
          <PlaceLink key={place.to} place={place} look={BAR_ITEM} />
        ))}
      {account && (
        <Menu
          name={t("More")}
          side="top"
          align="end"
          triggerClassName={BAR_ITEM}
          trigger={
            <>
              <Ellipsis className="size-4" aria-hidden="true" />
              {t("More")}
            </>
          }
        >
          {() => (
            <>
              <ul className="mb-2 border-b border-line pb-2">
                {behind.map((place) => (
                  <li key={place.to}>
                    <PlaceLink place={place} look={`${RAIL_ITEM} min-h-11`} />
                  </li>
                ))}
              </ul>
              <AccountMenu account={account} />
            </>
          )}
        </Menu>
      )}
    </nav>
  );
}

/** What stands around every page of a signed-in person: a rail, on a narrow screen a bottom bar. */
export function AppFrame({ siteId, children }: AppFrameProps) {
  return (
    <div className="flex min-h-dvh bg-bg">
      <a
        href="#content"
        className="sr-only rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:start-2 focus:z-50"
      >
        {t("Skip to the content")}
      </a>
      <Rail siteId={siteId} />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-360 outline-none min-w-0 grow px-4 pt-4 pb-22 md:px-6 md:pt-5 md:pb-8"
      >
        <Notices siteId={siteId} />
        {children}
      </main>
      <BottomBar siteId={siteId} />
    </div>
  );
}
