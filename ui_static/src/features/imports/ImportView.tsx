import { useQuery } from "@tanstack/react-query";
import { importsQuery } from "@/api/getImports";
import type { Site } from "@/api/types";
import { Card } from "@/components/Card";
import { Empty } from "@/components/Empty";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { ImportRow } from "./ImportRow";
import { NewImport } from "./NewImport";

/** Histories from files: a new one, and those there were. */
export function ImportView({ site }: { site: Site }) {
  const imports = useQuery(importsQuery(site.site_id));
  const busy = imports.data?.some(({ progress }) => progress !== null) ?? false;
  return (
    <div className="space-y-4">
      <Card title={t("A file with a history")}>
        <NewImport site={site} busy={busy} />
      </Card>
      <Card title={t("Imports so far")}>
        <QueryBody
          query={imports}
          name={t("The imports")}
          skeleton={<RowSkeleton rows={2} />}
          isEmpty={(list) => list.length === 0}
          empty={
            <Empty title={t("Nothing was imported yet")}>
              {t("What you import stands here, and can be taken back.")}
            </Empty>
          }
        >
          {(list) => (
            <ul>
              {list.map((entry) => (
                <ImportRow key={entry.import_id} site={site} entry={entry} busy={busy} />
              ))}
            </ul>
          )}
        </QueryBody>
      </Card>
    </div>
  );
}
