import { t } from "@/lib/i18n";
import { Button } from "./Button";

interface ProblemProps {
  /** What could not be shown, as in "Sources could not be loaded". */
  title: string;
  error: Error;
  onRetry: () => void;
}

/** In the place of what could not be loaded: what happened, and the way to try again. */
export function Problem({ title, error, onRetry }: ProblemProps) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 py-2">
      <div>
        <p className="font-medium text-bad">{title}</p>
        <p className="mt-1 text-ink-2">{error.message}</p>
      </div>
      <Button onClick={onRetry}>{t("Try again")}</Button>
    </div>
  );
}
