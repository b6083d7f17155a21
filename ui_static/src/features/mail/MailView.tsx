import { useQuery } from "@tanstack/react-query";
import { mailQuery } from "@/api/getMail";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { t } from "@/lib/i18n";
import { MailServerForm } from "./MailServerForm";
import { TestMail } from "./TestMail";

/** The server that alarms are handed to, and whether they come through. */
export function MailView() {
  const mail = useQuery(mailQuery);
  return (
    <div className="space-y-3">
      <QueryBody
        query={mail}
        name={t("The mail server")}
        skeleton={<div className="skeleton h-96 rounded-card" />}
        isEmpty={() => false}
        empty={null}
      >
        {(state) => (
          <div className="space-y-3">
            <Card title={t("Mail server")}>
              <MailServerForm state={state} />
            </Card>
            {state.host !== null && (
              <Card title={t("Does it arrive?")}>
                <TestMail />
              </Card>
            )}
          </div>
        )}
      </QueryBody>
    </div>
  );
}
