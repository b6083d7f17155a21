import { useState } from "react";
import type { Backup, BackupList } from "@/api/types";
import { Button } from "@/components/Button";
import { Moment } from "@/components/Moment";
import { formatBytes } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import { Downloading } from "./Downloading";
import { GoingBack } from "./GoingBack";

const REASONS: Record<Backup["reason"], Text> = {
  nightly: "Every night",
  "by hand": "Made by hand",
  "before an upgrade": "Before an upgrade",
  "before going back": "Before going back to another",
  "before a rebuild": "Before everything was derived anew",
  "before another time zone": "Before a website’s time zone changed",
};

interface BackupRowProps {
  backup: Backup;
  now: BackupList["now"];
}

export function BackupRow({ backup, now }: BackupRowProps) {
  const [open, setOpen] = useState<"download" | "going back" | null>(null);
  const close = () => setOpen(null);
  const { visits, sites } = backup.figures;
  return (
    <li className="space-y-3 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="font-medium">
            <Moment at={backup.made_at} />
          </p>
          <p className="text-ink-2">
            {t("{{visits}} of {{sites}}", {
              visits: t("{{count}} visits", { count: visits }),
              sites: t("{{count}} websites", { count: sites }),
            })}
          </p>
          <p className="text-12 text-ink-3">
            {`${t(REASONS[backup.reason])} · ${formatBytes(backup.bytes)} · ${t("whole")}`}
          </p>
        </div>
        {open === null && (
          <div className="flex flex-wrap gap-3">
            <Button onClick={() => setOpen("download")}>{t("Download")}</Button>
            <Button onClick={() => setOpen("going back")}>{t("Go back to it")}</Button>
          </div>
        )}
      </div>
      {open === "download" && <Downloading backup={backup} onDone={close} />}
      {open === "going back" && <GoingBack backup={backup} now={now} onCancel={close} />}
    </li>
  );
}
