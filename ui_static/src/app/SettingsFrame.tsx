import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { siteQuery } from "@/api/getSite";
import { buttonStyle } from "@/components/buttonStyle";
import { Menu } from "@/components/Menu";
import { t } from "@/lib/i18n";
import { AppFrame } from "./AppFrame";
import { type SettingsPlace, settingsPlaces } from "./settingsPlaces";
import { useAccount } from "./useAccount";

interface SettingsFrameProps {
  /** Of the page, and of the browser's tab. */
  title: string;
  /** What the page is about, where its title does not say it. */
  intro?: string | undefined;
  /** Set on the pages of one site: its sections come first. */
  siteId?: string | undefined;
  children: ReactNode;
}

const ITEM =
  "flex min-h-11 items-center rounded-control px-2 text-ink-2 hover:bg-raised hover:text-ink aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-ink sm:min-h-8";

/** Whether the address is the place's own; without a # it is the first one of its page. */
function isHere(place: SettingsPlace, here: string, siblings: SettingsPlace[]): boolean {
  if (here.includes("#")) return place.to === here;
  return siblings.find(({ to }) => to.split("#")[0] === here) === place;
}

function Places({ siteId, onChoose }: { siteId: string | undefined; onChoose?: () => void }) {
  const account = useAccount();
  const site = useQuery({ ...siteQuery(siteId ?? ""), enabled: siteId !== undefined });
  const { pathname, hash } = useLocation();
  return (
    <div className="space-y-4">
      {settingsPlaces(account, site.data).map(({ title, places }) => (
        <div key={title}>
          <p className="truncate px-2 pb-1 text-12 font-medium text-ink-3">{title}</p>
          <ul>
            {places.map((place) => (
              <li key={place.to}>
                <Link
                  to={place.to}
                  onClick={onChoose}
                  aria-current={isHere(place, pathname + hash, places) ? "page" : undefined}
                  className={ITEM}
                >
                  {place.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** A page of settings, with the way to all others beside it; above it where there is no room. */
export function SettingsFrame({ title, intro, siteId, children }: SettingsFrameProps) {
  return (
    <AppFrame {...(siteId ? { siteId } : {})}>
      <title>{`${title} · Analytiq`}</title>
      <div className="lg:grid lg:grid-cols-[11rem_minmax(0,1fr)] lg:gap-8">
        <nav aria-label={t("Settings")} className="hidden lg:block">
          <div className="sticky top-5">
            <Places siteId={siteId} />
          </div>
        </nav>
        <div className="mb-4 lg:hidden">
          <Menu
            name={t("Settings")}
            width="w-64"
            triggerClassName={buttonStyle("plain")}
            trigger={
              <>
                {t("All settings")}
                <ChevronDown className="size-4 text-ink-3" aria-hidden="true" />
              </>
            }
          >
            {(close) => (
              <nav aria-label={t("Settings")} className="max-h-[70vh] overflow-y-auto">
                <Places siteId={siteId} onChoose={close} />
              </nav>
            )}
          </Menu>
        </div>
        <div className="max-w-180">
          <header className="mb-4">
            <h1 className="text-20 font-semibold">{title}</h1>
            {intro && <p className="mt-1 text-pretty text-ink-2">{intro}</p>}
          </header>
          {children}
        </div>
      </div>
    </AppFrame>
  );
}
