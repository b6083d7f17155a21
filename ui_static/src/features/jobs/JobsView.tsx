import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { jobsQuery } from "@/api/getJobs";
import { runJob } from "@/api/runJob";
import { Card } from "@/components/Card";
import { FormProblem } from "@/components/FormProblem";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { JobRow } from "./JobRow";

/** What Analytiq does by itself: how the last run of each job ended, the next, and one run now. */
export function JobsView() {
  const client = useQueryClient();
  const jobs = useQuery(jobsQuery);
  const run = useMutation({
    mutationFn: runJob,
    onSettled: () => client.invalidateQueries({ queryKey: jobsQuery.queryKey }),
  });
  return (
    <div className="space-y-3">
      <FormProblem error={run.error} fields={[]} />
      <QueryBody
        query={jobs}
        name={t("The jobs")}
        skeleton={<RowSkeleton rows={8} />}
        isEmpty={() => false}
        empty={null}
      >
        {(list) => (
          <Card title={t("How they are")}>
            <ul>
              {list.jobs.map((job) => (
                <JobRow
                  key={job.slug}
                  job={job}
                  busy={run.isPending}
                  onRun={() => run.mutate(job.slug)}
                />
              ))}
            </ul>
          </Card>
        )}
      </QueryBody>
    </div>
  );
}
