import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { twoFactorQuery } from "@/api/getTwoFactor";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { RecoveryCodeList } from "./RecoveryCodeList";
import { TwoFactorOff } from "./TwoFactorOff";
import { TwoFactorOn } from "./TwoFactorOn";

/** The second step at sign-in: set up, in use, or its recovery codes while they are shown. */
export function TwoFactorCard() {
  const client = useQueryClient();
  const state = useQuery(twoFactorQuery);
  const [codes, setCodes] = useState<string[]>();
  const changed = () => client.invalidateQueries({ queryKey: twoFactorQuery.queryKey });

  function show(fresh: string[]) {
    setCodes(fresh);
    void changed();
  }

  return (
    <Card title={t("Two-factor authentication")} id="two-factor">
      {codes ? (
        <RecoveryCodeList codes={codes} onDone={() => setCodes(undefined)} />
      ) : (
        <QueryBody
          query={state}
          name={t("Two-factor authentication")}
          skeleton={<RowSkeleton rows={1} />}
          isEmpty={() => false}
          empty={null}
        >
          {({ enabled, recovery_codes_left }) =>
            enabled ? (
              <TwoFactorOn codesLeft={recovery_codes_left} onCodes={show} onOff={changed} />
            ) : (
              <TwoFactorOff onCodes={show} />
            )
          }
        </QueryBody>
      )}
    </Card>
  );
}
