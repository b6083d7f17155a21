import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { disableTwoFactor } from "@/api/disableTwoFactor";
import { renewRecoveryCodes } from "@/api/renewRecoveryCodes";
import { Button } from "@/components/Button";
import { ConfirmPassword } from "@/components/ConfirmPassword";
import { t } from "@/lib/i18n";

interface TwoFactorOnProps {
  codesLeft: number;
  onCodes: (codes: string[]) => void;
  onOff: () => void;
}

export function TwoFactorOn({ codesLeft, onCodes, onOff }: TwoFactorOnProps) {
  const [asking, setAsking] = useState<"codes" | "off">();
  const renewal = useMutation({
    mutationFn: renewRecoveryCodes,
    onSuccess: ({ recovery_codes }) => onCodes(recovery_codes),
  });
  const switchingOff = useMutation({ mutationFn: disableTwoFactor, onSuccess: onOff });
  const wanted = asking === "codes" ? renewal : switchingOff;
  return (
    <div className="space-y-4">
      <p className="text-ink-2">
        <span className="font-medium text-live">{t("On.")}</span>{" "}
        {t("Signing in asks for a code of your authenticator app.")}{" "}
        {t("You have {{count}} recovery codes left.", { count: codesLeft })}
      </p>
      {asking ? (
        <ConfirmPassword
          key={asking}
          action={asking === "codes" ? t("Make new recovery codes") : t("Switch off")}
          error={wanted.error}
          pending={wanted.isPending}
          onConfirm={wanted.mutate}
          onCancel={() => setAsking(undefined)}
        />
      ) : (
        <div className="flex flex-wrap gap-3">
          <Button onClick={() => setAsking("codes")}>{t("New recovery codes")}</Button>
          <Button onClick={() => setAsking("off")}>{t("Switch it off")}</Button>
        </div>
      )}
    </div>
  );
}
