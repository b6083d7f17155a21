import type { Change } from "./change";

const MARKS = { up: "▲", down: "▼", same: "=" } as const;
const TONES = new Map([
  [true, "text-up"],
  [false, "text-down"],
  [undefined, "text-ink-3"],
]);

/** How a tile's figure moved; the words are for those who do not see arrows and colours. */
export function TileChange({ id, change }: { id: string; change: Change | undefined }) {
  if (!change) return <span id={id} className="block min-h-4" />;
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
