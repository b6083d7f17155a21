import { useState } from "react";
import type { SiteAccess } from "@/api/sitePath";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import { BreakdownBody } from "./BreakdownBody";
import { CAMPAIGNS, type Kind } from "./kinds";

interface CampaignsBodyProps {
  access: SiteAccess;
  view: View;
}

/** What links to the site said of their campaign, by one of the five things they can say. */
export function CampaignsBody({ access, view }: CampaignsBodyProps) {
  const [kind, setKind] = useState(CAMPAIGNS[0] as Kind);
  return (
    <>
      <label className="mb-2 flex items-center gap-2 text-12 text-ink-3">
        {t("By")}
        <select
          value={kind.dimension}
          onChange={({ target }) => {
            const chosen = CAMPAIGNS.find(({ dimension }) => dimension === target.value);
            if (chosen) setKind(chosen);
          }}
          className="min-h-11 rounded-control border border-line bg-surface px-2 text-16 text-ink sm:min-h-7 sm:text-12"
        >
          {CAMPAIGNS.map(({ dimension, label }) => (
            <option key={dimension} value={dimension}>
              {t(label)}
            </option>
          ))}
        </select>
      </label>
      <BreakdownBody key={kind.dimension} access={access} view={view} kind={kind} />
    </>
  );
}
