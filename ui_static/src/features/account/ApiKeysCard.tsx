import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { apiKeysQuery } from "@/api/getApiKeys";
import { sitesQuery } from "@/api/getSites";
import { revokeApiKey } from "@/api/revokeApiKey";
import type { ApiKey } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { QueryBody } from "@/components/QueryBody";
import { Rich } from "@/components/Rich";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { NewApiKeyForm } from "./NewApiKeyForm";

interface RowProps {
  apiKey: ApiKey;
  /** The website that it is for. */
  site: string;
  revoking: boolean;
  onRevoke: () => void;
}

function KeyRow({ apiKey, site, revoking, onRevoke }: RowProps) {
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{apiKey.name}</p>
        <p className="text-12 text-ink-3">
          {apiKey.scope === "read"
            ? t("May read reports for {{site}}", { site })
            : t("May send events for {{site}}", { site })}
          {" · "}
          {apiKey.last_used_at ? (
            <Rich text="last used <when/>" parts={{ when: <Moment at={apiKey.last_used_at} /> }} />
          ) : (
            t("never used")
          )}
        </p>
      </div>
      <Button disabled={revoking} onClick={onRevoke}>
        {t("Revoke")}
        <span className="sr-only">{` ${apiKey.name}`}</span>
      </Button>
    </li>
  );
}

/** Keys for scripts: those there are, and another one. */
export function ApiKeysCard() {
  const client = useQueryClient();
  const keys = useQuery(apiKeysQuery);
  const sites = useQuery(sitesQuery);
  const changed = () => client.invalidateQueries({ queryKey: apiKeysQuery.queryKey });
  const revocation = useMutation({ mutationFn: revokeApiKey, onSettled: changed });

  function siteOf({ site_id }: ApiKey): string {
    if (site_id === null) return t("all your websites");
    return sites.data?.find((site) => site.site_id === site_id)?.name ?? t("a website you had");
  }

  return (
    <Card title={t("API keys")} id="keys">
      <p className="text-ink-2">
        {t(
          "For scripts: one key reads reports, another sends events from your server. Whoever has a key may do so in your name until you revoke it.",
        )}
      </p>
      <FormProblem error={revocation.error} fields={[]} />
      <QueryBody
        query={keys}
        name={t("API keys")}
        skeleton={<RowSkeleton rows={1} />}
        isEmpty={(found) => found.length === 0}
        empty={null}
      >
        {(found) => (
          <ul className="divide-y divide-line border-y border-line">
            {found.map((key) => (
              <KeyRow
                key={key.id}
                apiKey={key}
                site={siteOf(key)}
                revoking={revocation.isPending}
                onRevoke={() => revocation.mutate(key.id)}
              />
            ))}
          </ul>
        )}
      </QueryBody>
      <NewApiKeyForm sites={sites.data ?? []} onMade={changed} />
    </Card>
  );
}
