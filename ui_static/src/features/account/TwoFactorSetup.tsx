import { useMutation } from "@tanstack/react-query";
import { QRCodeSVG } from "qrcode.react";
import { type FormEvent, useState } from "react";
import { enableTwoFactor } from "@/api/enableTwoFactor";
import type { Enrolment } from "@/api/types";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface TwoFactorSetupProps {
  enrolment: Enrolment;
  onCodes: (codes: string[]) => void;
}

/** The secret as a picture and as text, and the code that shows that the app has it. */
export function TwoFactorSetup({ enrolment, onCodes }: TwoFactorSetupProps) {
  const [code, setCode] = useState("");
  const enabling = useMutation({
    mutationFn: enableTwoFactor,
    onSuccess: ({ recovery_codes }) => onCodes(recovery_codes),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    enabling.mutate(code);
  }

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <p>{t("Scan this with your authenticator app.")}</p>
      {/* Phones need dark squares on white and a white margin, whatever the colours of the page. */}
      <QRCodeSVG
        value={enrolment.uri}
        size={200}
        marginSize={4}
        title={t("QR code for your authenticator app")}
        className="rounded-control"
      />
      <p className="text-ink-2">
        {t("Or type this key into it:")}{" "}
        <code className="font-mono wrap-anywhere text-ink">{inGroups(enrolment.secret)}</code>
      </p>
      <FormProblem error={enabling.error} fields={["code"]} />
      <TextField
        label={t("The six digits that it shows")}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={fieldError(enabling.error, "code")}
      />
      <Button look="primary" type="submit" disabled={enabling.isPending || code.trim() === ""}>
        {t("Switch on")}
      </Button>
    </form>
  );
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
