import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sharesQuery } from "@/api/getShares";
import { revokeShare } from "@/api/revokeShare";
import type { ShareLink, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { CodeBlock } from "@/components/CodeBlock";
import { CopyButton } from "@/components/CopyButton";
import { FormProblem } from "@/components/FormProblem";
import { dayAndMonth, todayIn } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { embedCode } from "./embedCode";

function terms(share: ShareLink, timezone: string): string {
  const day = (instant: string) => dayAndMonth(todayIn(timezone, new Date(instant)));
  const end = share.expires_at && day(share.expires_at);
  return [
    t("made on {{day}}", { day: day(share.created_at) }),
    end &&
      (share.expired ? t("expired on {{day}}", { day: end }) : t("until {{day}}", { day: end })),
    share.has_password && t("asks for a password"),
    share.embed_origins.length > 0 &&
      t("in frames of {{pages}}", { pages: share.embed_origins.join(", ") }),
  ]
    .filter(Boolean)
    .join(" · ");
}

function Revoke({ site, share }: { site: Site; share: ShareLink }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const revoking = useMutation({
    mutationFn: () => revokeShare(site.site_id, share.id),
    onSuccess: () => client.invalidateQueries({ queryKey: sharesQuery(site.site_id).queryKey }),
  });
  return (
    <>
      {asked ? (
        <Button
          className="border-bad text-bad"
          disabled={revoking.isPending}
          onClick={() => revoking.mutate()}
        >
          {t("Revoke for good")}
        </Button>
      ) : (
        <Button look="quiet" onClick={() => (share.expired ? revoking.mutate() : setAsked(true))}>
          {share.expired ? t("Remove") : t("Revoke")}
        </Button>
      )}
      <FormProblem error={revoking.error} fields={[]} />
    </>
  );
}

/** One link: what it is for, and how to hand it on or end it. */
export function ShareRow({ site, share }: { site: Site; share: ShareLink }) {
  const [framed, setFramed] = useState(false);
  const name = share.name || t("Link");
  return (
    <li aria-label={name} className="space-y-2 border-t border-line py-4 first:border-t-0">
      <div>
        <p className="font-medium wrap-anywhere">{name}</p>
        <p className="text-12 wrap-anywhere text-ink-3">{terms(share, site.timezone)}</p>
      </div>
      {share.url ? (
        <p className="font-mono text-12 break-all text-ink-2">{share.url}</p>
      ) : (
        <p className="text-ink-2">
          {t(
            "This link was made before the program's secret was lost. It still opens the dashboard, but cannot be shown again.",
          )}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {share.url && !share.expired && (
          <CopyButton text={share.url} label={t("Copy link")} look="plain" />
        )}
        {share.url && share.embed_origins.length > 0 && (
          <Button aria-expanded={framed} onClick={() => setFramed(!framed)}>
            {t("Code for a frame")}
          </Button>
        )}
        <Revoke site={site} share={share} />
      </div>
      {share.url && framed && (
        <CodeBlock code={embedCode(share.url, site.name)} label={t("Code for a frame")} />
      )}
    </li>
  );
}
