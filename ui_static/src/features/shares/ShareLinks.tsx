import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sharesQuery } from "@/api/getShares";
import type { ShareLink, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Notice } from "@/components/Notice";
import { Problem } from "@/components/Problem";
import { isThisComputer } from "@/lib/hosts";
import { t } from "@/lib/i18n";
import { NewShareForm } from "./NewShareForm";
import { ShareRow } from "./ShareRow";

/** Links made while the dashboard is open as "localhost" lead everybody else to their own computer. */
function leadsNowhere(shares: ShareLink[]): boolean {
  return shares.some(({ url }) => url && isThisComputer(new URL(url).hostname));
}

/** The links that show a website's dashboard to others. */
export function ShareLinks({ site }: { site: Site }) {
  const shares = useQuery(sharesQuery(site.site_id));
  const [adding, setAdding] = useState(false);
  return (
    <Card title={t("Share")} id="share">
      <p className="text-ink-2">
        {t(
          "A link shows this website's dashboard to whoever has it: to look at only, and nothing else of yours. You can take it back at any time.",
        )}
      </p>
      {shares.isError && !shares.data && (
        <Problem
          title={t("The links could not be loaded")}
          error={shares.error}
          onRetry={() => shares.refetch()}
        />
      )}
      {shares.data && leadsNowhere(shares.data) && (
        <Notice tone="warn" title={t("Only this computer can open these links")}>
          {t(
            "They point to “this computer” wherever they are opened. Open the dashboard by an address that others can reach, or set ANALYTIQ_PUBLIC_URL to it and start Analytiq again; the links then show it.",
          )}
        </Notice>
      )}
      {shares.data && shares.data.length > 0 && (
        <ul aria-label={t("Share links")}>
          {shares.data.map((share) => (
            <ShareRow key={share.id} site={site} share={share} />
          ))}
        </ul>
      )}
      {adding ? (
        <NewShareForm siteId={site.site_id} onDone={() => setAdding(false)} />
      ) : (
        <Button onClick={() => setAdding(true)}>{t("New link")}</Button>
      )}
    </Card>
  );
}
