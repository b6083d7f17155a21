import { useQuery } from "@tanstack/react-query";
import { backupsQuery } from "@/api/getBackups";
import type { BackupList } from "@/api/types";
import { Card } from "@/components/Card";
import { Empty } from "@/components/Empty";
import { Facts } from "@/components/Facts";
import { Moment } from "@/components/Moment";
import { Notice } from "@/components/Notice";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import { BackUpNow } from "./BackUpNow";
import { BackupRow } from "./BackupRow";

function State({ list }: { list: BackupList }) {
  const [newest] = list.backups;
  const taken = list.backups.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <div className="space-y-4">
      {list.failure && (
        <Notice tone="warn" title={t("The last backup could not be made")}>
          {list.failure.detail}
        </Notice>
      )}
      <Facts
        items={[
          { name: t("Newest"), value: newest ? <Moment at={newest.made_at} /> : t("None yet") },
          { name: t("Next, by itself"), value: <Moment at={list.next_at} /> },
          {
            name: t("Disk taken"),
            value: t("{{taken}} of at most {{most}}", {
              taken: formatBytes(taken),
              most: formatBytes(list.budget_gb * 1e9),
            }),
          },
          { name: t("Where"), value: <code>{list.folder}</code> },
        ]}
      />
      <BackUpNow underWay={list.under_way} />
    </div>
  );
}

function Kept({ list }: { list: BackupList }) {
  if (list.backups.length === 0) {
    return (
      <Empty title={t("No backup yet")}>
        {t("The first is made in the coming night, or now with the button above.")}
      </Empty>
    );
  }
  return (
    <ul>
      {list.backups.map((backup) => (
        <BackupRow key={backup.name} backup={backup} now={list.now} />
      ))}
    </ul>
  );
}

/** Copies of everything: how they are, one more, and back to one of them. */
export function BackupsView() {
  const backups = useQuery(backupsQuery);
  return (
    <div className="space-y-3">
      <QueryBody
        query={backups}
        name={t("The backups")}
        skeleton={<RowSkeleton rows={5} />}
        isEmpty={() => false}
        empty={null}
      >
        {(list) => (
          <div className="space-y-3">
            <Card title={t("How it stands")}>
              <State list={list} />
            </Card>
            <Card title={t("What is kept")}>
              <Kept list={list} />
            </Card>
          </div>
        )}
      </QueryBody>
    </div>
  );
}
