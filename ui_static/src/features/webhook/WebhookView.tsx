import { useQuery } from "@tanstack/react-query";
import { webhookQuery } from "@/api/getWebhook";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { t } from "@/lib/i18n";
import { Deliveries } from "./Deliveries";
import { TestPost } from "./TestPost";
import { WebhookForm } from "./WebhookForm";

/** The address that one's own alarms are posted to, and what became of the last ones. */
export function WebhookView() {
  const webhook = useQuery(webhookQuery);
  return (
    <div className="space-y-3">
      <QueryBody
        query={webhook}
        name={t("The webhook")}
        skeleton={<div className="skeleton h-64 rounded-card" />}
        isEmpty={() => false}
        empty={null}
      >
        {(state) => (
          <div className="space-y-3">
            <Card title={t("Address")}>
              <WebhookForm state={state} />
            </Card>
            {state.url !== null && (
              <Card title={t("Does it arrive?")}>
                <TestPost />
                <Deliveries deliveries={state.deliveries} />
              </Card>
            )}
          </div>
        )}
      </QueryBody>
    </div>
  );
}
