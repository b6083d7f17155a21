import { t } from "@/lib/i18n";

interface ChartLegendProps {
  days: string;
  /** The days they are compared with, if they are. */
  earlier: string | undefined;
  /** They had no visit, so that there is no line of theirs. */
  earlierEmpty: boolean;
}

function Mark({ dashed = false }: { dashed?: boolean }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 4" className="h-1 w-5 shrink-0">
      <line
        x1="0"
        x2="20"
        y1="2"
        y2="2"
        stroke="var(--accent)"
        strokeWidth="2"
        strokeOpacity={dashed ? 0.6 : 1}
        strokeDasharray={dashed ? "6 3" : undefined}
      />
    </svg>
  );
}

/** Which line is which; a single one needs no words. */
export function ChartLegend({ days, earlier, earlierEmpty }: ChartLegendProps) {
  if (!earlier) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2 max-sm:order-last max-sm:w-full">
      <li className="flex items-center gap-2 whitespace-nowrap">
        <Mark />
        {days}
      </li>
      <li className="flex items-center gap-2 whitespace-nowrap">
        {earlierEmpty ? (
          t("no visits {{earlier}}", { earlier })
        ) : (
          <>
            <Mark dashed />
            {earlier}
          </>
        )}
      </li>
    </ul>
  );
}
