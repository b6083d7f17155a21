import { useMutation } from "@tanstack/react-query";
import { sendTestPost } from "@/api/sendTestPost";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

/** A test to the address, and what it answered. */
export function TestPost() {
  const sending = useMutation({ mutationFn: sendTestPost });
  return (
    <div className="space-y-3">
      <FormProblem error={sending.error} fields={[]} />
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={sending.isPending} onClick={() => sending.mutate()}>
          {t("Post a test")}
        </Button>
        <p role="status" className="text-ink-2">
          {sending.isPending
            ? t("Sending")
            : sending.isSuccess
              ? t("It was taken: the answer was {{status}}.", {
                  status: String(sending.data.status),
                })
              : ""}
        </p>
      </div>
    </div>
  );
}
