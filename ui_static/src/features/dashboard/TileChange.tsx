import { t } from "@/lib/i18n";
import type { Change } from "./change";

const MARKS = { up: "▲", down: "▼", same: "=" } as const;
const TONES = new Map([
  [true, "text-up"],
  [false, "text-down"],
  [undefined, "text-ink-3"],
]);

/** How a tile's figure moved; the words are for those who do not see arrows and colours. */
export function TileChange({
  id,
  change,
  imported,
}: {
  id: string;
  change: Change | undefined;
  /** What other programs counted, in words; it stands where nothing is compared. */
  imported: string | undefined;
}) {
  if (!change) {
    return (
      <span id={id} className="block min-h-4 truncate text-12 text-ink-2">
        {imported && t("{{value}} imported", { value: imported })}
      </span>
    );
  }
  const { direction, short, full, better } = change;
  return (
    <span
      id={id}
      className={`block min-h-4 truncate text-12 font-medium ${TONES.get(better)}`}
      title={full}
    >
      <span aria-hidden="true">
        {MARKS[direction]} {short}
      </span>
      <span className="sr-only">{full}</span>
    </span>
  );
}
