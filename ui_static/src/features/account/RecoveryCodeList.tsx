import { Button } from "@/components/Button";
import { ShownOnce } from "@/components/ShownOnce";
import { t } from "@/lib/i18n";

interface RecoveryCodeListProps {
  codes: string[];
  onDone: () => void;
}

export function RecoveryCodeList({ codes, onDone }: RecoveryCodeListProps) {
  return (
    <div className="space-y-4">
      <ShownOnce label={t("Recovery codes")} text={codes.join("\n")}>
        <p className="font-medium">{t("Keep these ten recovery codes, away from your phone.")}</p>
        <p className="mt-1 text-ink-2">
          {t(
            "Each signs you in once when you have lost the app. They are not shown again; codes of before work no more.",
          )}
        </p>
      </ShownOnce>
      <Button onClick={onDone}>{t("I have kept them")}</Button>
    </div>
  );
}
