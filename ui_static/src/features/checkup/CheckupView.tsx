import { useQuery } from "@tanstack/react-query";
import { diagnosisQuery } from "@/api/getDiagnosis";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { FindingRow } from "./FindingRow";
import { SupportBundle } from "./SupportBundle";

/** How each part of this Analytiq is, what that means and what to do. */
export function CheckupView() {
  const diagnosis = useQuery(diagnosisQuery);
  return (
    <div className="space-y-3">
      <Card title={t("Findings")}>
        <QueryBody
          query={diagnosis}
          name={t("The findings")}
          skeleton={<RowSkeleton rows={8} />}
          isEmpty={() => false}
          empty={null}
        >
          {({ findings }) => (
            <ul>
              {findings.map((finding) => (
                <FindingRow key={finding.slug} finding={finding} />
              ))}
            </ul>
          )}
        </QueryBody>
        <Button onClick={() => diagnosis.refetch()} disabled={diagnosis.isFetching}>
          {t("Look again")}
        </Button>
      </Card>
      <Card title={t("Support bundle")}>
        <SupportBundle />
      </Card>
    </div>
  );
}
