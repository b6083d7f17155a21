import { Check, ChevronDown, GitCompareArrows } from "lucide-react";
import { Menu } from "@/components/Menu";
import { COMPARISONS, type Comparison } from "@/lib/comparison";
import { type Text, t } from "@/lib/i18n";

const LABELS: Record<Comparison, { short: Text; full: Text; ofHours: Text }> = {
  previous_period: {
    short: "period before",
    full: "As many days right before",
    ofHours: "The 24 hours before",
  },
  previous_year: {
    short: "year before",
    full: "The same days a year before",
    ofHours: "The same hours a year before",
  },
  none: { short: "off", full: "No comparison", ofHours: "No comparison" },
};

interface CompareMenuProps {
  chosen: Comparison;
  /** The page shows hours, not days. */
  ofHours: boolean;
  onChoose: (comparison: Comparison) => void;
}

/** What the numbers are held against. */
export function CompareMenu({ chosen, ofHours, onChoose }: CompareMenuProps) {
  return (
    <Menu
      name={t("Comparison")}
      align="end"
      width="w-72"
      triggerClassName="flex min-h-11 max-sm:grow items-center justify-center gap-2 rounded-control border border-line bg-surface px-3 whitespace-nowrap hover:bg-raised sm:min-h-9"
      trigger={
        <>
          <GitCompareArrows className="size-4 text-ink-3" aria-hidden="true" />
          <span>
            <span className="text-ink-3 max-sm:sr-only">{t("Compare:")} </span>
            {t(LABELS[chosen].short)}
          </span>
          <ChevronDown className="size-4 text-ink-3" aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          <ul>
            {COMPARISONS.map((comparison) => (
              <li key={comparison}>
                <button
                  type="button"
                  aria-current={comparison === chosen}
                  onClick={() => {
                    onChoose(comparison);
                    close();
                  }}
                  className="flex min-h-11 w-full items-center justify-between gap-3 rounded-control px-2 text-start hover:bg-raised aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium sm:min-h-9"
                >
                  {t(LABELS[comparison][ofHours ? "ofHours" : "full"])}
                  {comparison === chosen && <Check className="size-4" aria-hidden="true" />}
                </button>
              </li>
            ))}
          </ul>
          <p className="mt-1 border-line border-t px-2 pt-2 text-12 text-ink-3">
            {t(
              "While these days are not over, only as much of the earlier ones counts: up to the same time.",
            )}
          </p>
        </>
      )}
    </Menu>
  );
}
