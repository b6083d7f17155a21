import { Info } from "lucide-react";
import type { Report } from "@/api/types";
import type { LocalDate } from "@/lib/dates";
import { longDay } from "@/lib/dates";
import { t } from "@/lib/i18n";

interface ExactnessProps {
  report: Report | undefined;
  /** Of earlier days only sums are kept; null: of none; undefined: not known to whoever looks. */
  factsSince: LocalDate | null | undefined;
}

/** Says where a number is not what its name says to the last one. */
export function Exactness({ report, factsSince }: ExactnessProps) {
  if (!report || report.unique_visitors_exact) return null;
  const kept = factsSince
    ? t("Before {{day}} only sums are kept.", { day: longDay(factsSince) })
    : t("For the oldest of these days only sums are kept.");
  return (
    <p className="flex gap-2 border-line border-t px-4 py-3 text-12 text-ink-2">
      <Info className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <span>
        {kept}{" "}
        {t(
          "Visitors of those days are added up, so that whoever came on two of them counts twice; new and returning likewise. All else is exact.",
        )}
      </span>
    </p>
  );
}
