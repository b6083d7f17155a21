import { Check, Clock, TriangleAlert } from "lucide-react";
import type { Job } from "@/api/types";
import { Button } from "@/components/Button";
import { Moment } from "@/components/Moment";
import { Rich } from "@/components/Rich";
import { formatLoad } from "@/lib/format";
import { t } from "@/lib/i18n";
import { jobName, RESULT_TONES, RESULTS } from "./words";

const ICONS = { done: Check, waits: Clock, failed: TriangleAlert };

function LastRun({ job }: { job: Job }) {
  if (job.running) return <p className="text-ink-2">{t("Running now")}</p>;
  if (!job.last) return <p className="text-ink-2">{t("Not run since the start")}</p>;
  const { result, detail, began_at, took_s } = job.last;
  const Icon = ICONS[result];
  return (
    <>
      <p className={`flex flex-wrap items-center gap-x-1.5 ${RESULT_TONES[result]}`}>
        <Icon className="size-4 shrink-0" aria-hidden="true" />
        <span>{t(RESULTS[result])}</span>
        <span className="text-ink-2">
          <span className="max-sm:hidden">{"· "}</span>
          <Moment at={began_at} />
          {` · ${formatLoad(took_s * 1000)}`}
        </span>
      </p>
      {detail && <p className="text-ink-2">{detail}</p>}
    </>
  );
}

interface JobRowProps {
  job: Job;
  busy: boolean;
  onRun: () => void;
}

export function JobRow({ job, busy, onRun }: JobRowProps) {
  const name = jobName(job);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="min-w-0 grow basis-44">
        <p className="font-medium">{name}</p>
        <LastRun job={job} />
        {job.next_at && (
          <p className="text-12 text-ink-3">
            <Rich text="Next: <when/>" parts={{ when: <Moment at={job.next_at} /> }} />
          </p>
        )}
      </div>
      {job.on_demand && (
        <Button
          onClick={onRun}
          disabled={busy || job.running}
          aria-label={t("Run now: {{name}}", { name })}
        >
          {t("Run now")}
        </Button>
      )}
    </li>
  );
}
