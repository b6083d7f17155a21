import { useMutation } from "@tanstack/react-query";
import { sendTestMail } from "@/api/sendTestMail";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

/** A test to whoever asks, or why it cannot be sent. */
export function TestMail() {
  const sending = useMutation({ mutationFn: sendTestMail });
  return (
    <div className="space-y-3">
      <FormProblem error={sending.error} fields={[]} />
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={sending.isPending} onClick={() => sending.mutate()}>
          {t("Send me a test")}
        </Button>
        <p role="status" className="text-ink-2">
          {sending.isPending
            ? t("Sending")
            : sending.isSuccess
              ? t("The server has taken it, for {{address}}.", { address: sending.data.sent_to })
              : ""}
        </p>
      </div>
    </div>
  );
}
