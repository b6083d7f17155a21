import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { beginTwoFactor } from "@/api/beginTwoFactor";
import { Button } from "@/components/Button";
import { ConfirmPassword } from "@/components/ConfirmPassword";
import { t } from "@/lib/i18n";
import { TwoFactorSetup } from "./TwoFactorSetup";

/** What it is for, then the password, then the app. */
export function TwoFactorOff({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const [asking, setAsking] = useState(false);
  const begin = useMutation({ mutationFn: beginTwoFactor });
  if (begin.data) return <TwoFactorSetup enrolment={begin.data} onCodes={onCodes} />;
  return (
    <div className="space-y-4">
      <p className="text-ink-2">
        {t(
          "Off. When it is on, signing in asks for a code of an authenticator app on your phone as well, so that nobody gets in with your password alone.",
        )}
      </p>
      {asking ? (
        <ConfirmPassword
          action={t("Continue")}
          error={begin.error}
          pending={begin.isPending}
          onConfirm={begin.mutate}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button onClick={() => setAsking(true)}>{t("Set it up")}</Button>
      )}
    </div>
  );
}
