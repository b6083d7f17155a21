import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { guestsQuery } from "@/api/getGuests";
import type { Account, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { GuestRow } from "./GuestRow";
import { InviteForm } from "./InviteForm";

interface SiteAccessProps {
  site: Site;
  account: Account;
}

/** With whom a website is shared, and inviting more people to it. */
export function SiteAccess({ site, account }: SiteAccessProps) {
  const guests = useQuery(guestsQuery(site.site_id));
  const [inviting, setInviting] = useState(false);
  return (
    <Card title={t("Who has access")} id="access">
      <p className="text-ink-2">
        {t(
          "Viewers look at the numbers; editors change settings and goals too. Only you can hand this website over or delete it.",
        )}
      </p>
      <QueryBody
        query={guests}
        name={t("Who has access")}
        skeleton={<RowSkeleton rows={2} />}
        isEmpty={(found) => found.length === 0}
        empty={<p className="text-ink-3">{t("Nobody but you.")}</p>}
      >
        {(found) => (
          <ul>
            {found.map((guest) => (
              <GuestRow key={guest.account_id} siteId={site.site_id} guest={guest} />
            ))}
          </ul>
        )}
      </QueryBody>
      {inviting ? (
        <div className="border-t border-line pt-4">
          <InviteForm account={account} site={site} />
        </div>
      ) : (
        <Button onClick={() => setInviting(true)}>{t("Invite somebody")}</Button>
      )}
    </Card>
  );
}
