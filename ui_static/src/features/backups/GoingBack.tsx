import { useMutation, useQuery } from "@tanstack/react-query";
import { backupsQuery } from "@/api/getBackups";
import { goBack } from "@/api/goBack";
import type { Backup, BackupList } from "@/api/types";
import { ConfirmPassword } from "@/components/ConfirmPassword";
import { Moment } from "@/components/Moment";
import { formatCount, formatPercent } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";

interface GoingBackProps {
  backup: Backup;
  now: BackupList["now"];
  onCancel: () => void;
}

const ROWS = [
  ["visits", "Visits"],
  ["events", "Events"],
  ["sites", "Websites"],
  ["accounts", "Accounts"],
] as const;

const LOOK_EVERY_MS = 1_000;
const STEPS: Record<NonNullable<BackupList["going_back"]>["step"], Text> = {
  copying: "Copying the backup",
  checking: "Reading the copy through",
  keeping: "Keeping the present state as a backup",
};

/** How far it is, while it lasts; then Analytiq starts anew. */
function Progress() {
  const { data } = useQuery({ ...backupsQuery, refetchInterval: LOOK_EVERY_MS });
  const doing = data?.going_back;
  return (
    <p role="status" className="text-ink-2">
      {doing
        ? `${t(STEPS[doing.step])} · ${formatPercent(Math.round(doing.share * 100))}`
        : t("Going back…")}
    </p>
  );
}

/** What going back to a backup changes, and the password before it is done. */
export function GoingBack({ backup, now, onCancel }: GoingBackProps) {
  const going = useMutation({
    mutationFn: (password: string) => goBack(backup.name, password),
    // Everything on this page is of another state now, and everybody signs in again.
    onSuccess: () => window.location.assign("/login"),
  });
  return (
    <div className="space-y-4 rounded-control bg-raised p-4">
      <table className="w-full max-w-120 text-end tabular-nums">
        <caption className="sr-only">{t("What was there then, and what is there now")}</caption>
        <thead>
          <tr className="text-12 text-ink-3">
            <td />
            <th scope="col" className="pb-1 font-normal">
              <Moment at={backup.made_at} />
            </th>
            <th scope="col" className="pb-1 ps-6 font-normal">
              {t("Now")}
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([key, label]) => (
            <tr key={key}>
              <th scope="row" className="py-0.5 text-start font-normal text-ink-2">
                {t(label)}
              </th>
              <td>{formatCount(backup.figures[key])}</td>
              <td className="ps-6">{formatCount(now[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="max-w-160 text-pretty text-ink-2">
        {t(
          "What was counted and changed since then will not be there. The present state is kept as a backup first, so you can come back to it; visits that arrive meanwhile are counted. Analytiq starts anew, which takes a few seconds, and everybody signs in again with the password of then.",
        )}
      </p>
      {going.isPending && <Progress />}
      <ConfirmPassword
        action={going.isPending ? t("Going back…") : t("Go back to it")}
        error={going.error}
        pending={going.isPending}
        onConfirm={(password) => going.mutate(password)}
        {...(!going.isPending && { onCancel })}
      />
    </div>
  );
}
