import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { compact } from "@/api/compact";
import { compactionQuery } from "@/api/getCompaction";
import type { CompactionState } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Facts } from "@/components/Facts";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { Notice } from "@/components/Notice";
import { QueryBody } from "@/components/QueryBody";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";

function Size({ state }: { state: CompactionState }) {
  const { last } = state;
  return (
    <Facts
      items={[
        {
          name: t("Size"),
          value: t("{{size}}, of which {{free}} hold nothing", {
            size: formatBytes(state.bytes),
            free: formatBytes(state.free_bytes),
          }),
        },
        {
          name: t("Last compacted"),
          value: last ? (
            <>
              <Moment at={last.at} />
              <span className="block text-ink-2">
                {last.after_bytes < last.before_bytes
                  ? t("from {{before}} to {{after}}", {
                      before: formatBytes(last.before_bytes),
                      after: formatBytes(last.after_bytes),
                    })
                  : t("There was nothing to gain.")}
              </span>
            </>
          ) : (
            t("Not yet")
          ),
        },
      ]}
    />
  );
}

function CompactNow({ state }: { state: CompactionState }) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: compactionQuery.queryKey });
  const compacting = useMutation({ mutationFn: compact, onSettled: refresh });
  const busy = compacting.isPending || state.under_way;
  return (
    <div className="space-y-3">
      <FormProblem error={compacting.error} fields={[]} />
      {state.failure && !compacting.error && (
        <Notice tone="warn" title={t("The database could not be compacted")}>
          {state.failure.detail}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={busy} onClick={() => compacting.mutate()}>
          {t("Compact now")}
        </Button>
        <p role="status" className="text-ink-2">
          {busy
            ? t("Writing it anew, and reading the copy through")
            : compacting.isSuccess
              ? t("Done. Nothing else has changed.")
              : ""}
        </p>
      </div>
    </div>
  );
}

/** What the database takes of the disk, and giving back what it does not need. */
export function DatabaseFile() {
  const compaction = useQuery(compactionQuery);
  return (
    <Card title={t("The database's file")}>
      <QueryBody
        query={compaction}
        name={t("The size of the database")}
        skeleton={<div className="skeleton h-24 rounded-card" />}
        isEmpty={() => false}
        empty={null}
      >
        {(state) => (
          <div className="space-y-4">
            <p className="max-w-160 text-pretty text-ink-2">
              {t(
                "What was deleted leaves room in the file, which new visits fill. Where more than a quarter of it holds nothing, Analytiq writes it anew by itself, once a week by night. Visits are counted and reports shown meanwhile; what you change waits until it is done.",
              )}
            </p>
            <Size state={state} />
            <CompactNow state={state} />
          </div>
        )}
      </QueryBody>
    </Card>
  );
}
