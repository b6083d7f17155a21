import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createBackup } from "@/api/createBackup";
import { backupsQuery } from "@/api/getBackups";
import type { BackupList } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";

interface BackUpNowProps {
  underWay: BackupList["under_way"];
}

function said(underWay: BackupList["under_way"]): string {
  if (!underWay || underWay.step === "copying") {
    return underWay
      ? `${t("Copying")} · ${formatPercent(Math.round(underWay.share * 100))}`
      : t("Copying");
  }
  return t("Reading the copy through");
}

/** One more, now; everything else goes on meanwhile. */
export function BackUpNow({ underWay }: BackUpNowProps) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: backupsQuery.queryKey });
  const making = useMutation({ mutationFn: createBackup, onSettled: refresh });
  const busy = making.isPending || underWay !== null;
  return (
    <div className="space-y-3">
      <FormProblem error={making.error} fields={[]} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={busy}
          onClick={() => {
            making.mutate();
            // It is under way a moment later.
            setTimeout(refresh, 300);
          }}
        >
          {t("Back up now")}
        </Button>
        <p role="status" className="text-ink-2">
          {busy
            ? said(underWay)
            : making.isSuccess
              ? t("Made, and read through: it is whole.")
              : ""}
        </p>
      </div>
    </div>
  );
}
