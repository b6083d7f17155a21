import type { Import } from "@/api/types";
import { formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";

interface RefusedLinesProps {
  /** The first of them. */
  lines: Import["refused_lines"];
  count: number;
}

/** What of a file could not be read, by the number of its line. */
export function RefusedLines({ lines, count }: RefusedLinesProps) {
  if (lines.length === 0) return null;
  return (
    <details className="text-ink-2">
      <summary className="cursor-pointer">
        {t("Lines that could not be read: {{lines}}", { lines: formatCount(count) })}
      </summary>
      <ul className="mt-1 max-h-40 overflow-y-auto text-12 text-ink-3">
        {lines.map(({ line, reason }) => (
          <li key={line} className="wrap-anywhere">
            {t("Line {{line}}: {{reason}}", { line, reason })}
          </li>
        ))}
      </ul>
    </details>
  );
}
