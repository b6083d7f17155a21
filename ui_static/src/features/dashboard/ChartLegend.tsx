import { t } from "@/lib/i18n";

interface ChartLegendProps {
  days: string;
  /** The days they are compared with, if they are. */
  earlier: string | undefined;
  /** They had no visit, so that there is no line of theirs. */
  earlierEmpty: boolean;
  /** The programs that counted where the website itself did not, if any are drawn. */
  importedFrom: string | undefined;
}

const LOOKS = {
  own: { stroke: "var(--accent)" },
  earlier: { stroke: "var(--accent)", strokeOpacity: 0.6, strokeDasharray: "6 3" },
  imported: { stroke: "var(--cat-2)", strokeDasharray: "1 3", strokeLinecap: "round" },
} as const;

function Mark({ of }: { of: keyof typeof LOOKS }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 4" className="h-1 w-5 shrink-0">
      <line x1="0" x2="20" y1="2" y2="2" strokeWidth="2" {...LOOKS[of]} />
    </svg>
  );
}

/** Which line is which; a single one needs no words. */
export function ChartLegend({ days, earlier, earlierEmpty, importedFrom }: ChartLegendProps) {
  if (!earlier && !importedFrom) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2 max-sm:order-last max-sm:w-full">
      <li className="flex items-center gap-2 whitespace-nowrap">
        <Mark of="own" />
        {earlier ? days : t("Counted here")}
      </li>
      {earlier && (
        <li className="flex items-center gap-2 whitespace-nowrap">
          {earlierEmpty ? (
            <span className="max-sm:ps-7">{t("no visits {{earlier}}", { earlier })}</span>
          ) : (
            <>
              <Mark of="earlier" />
              {earlier}
            </>
          )}
        </li>
      )}
      {importedFrom && (
        <li className="flex items-center gap-2 whitespace-nowrap">
          <Mark of="imported" />
          {t("Imported from {{programs}}", { programs: importedFrom })}
        </li>
      )}
    </ul>
  );
}
