import { useMutation } from "@tanstack/react-query";
import { getSupportBundle } from "@/api/getSupportBundle";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { saveFile } from "@/lib/saveFile";

export function SupportBundle() {
  const packing = useMutation({
    mutationFn: getSupportBundle,
    onSuccess: ({ content, name }) => saveFile(content, name),
  });
  return (
    <>
      <p className="text-pretty text-ink-2">
        {t(
          "What was found here, versions, settings, counts and the end of the log, for whoever helps you. Addresses, e-mail addresses, keys and passwords are not in it, and nothing is sent anywhere.",
        )}
      </p>
      <FormProblem error={packing.error} fields={[]} />
      <Button onClick={() => packing.mutate()} disabled={packing.isPending}>
        {t("Download the support bundle")}
      </Button>
    </>
  );
}
