import type { ReactNode } from "react";

interface BarRowProps {
  label: ReactNode;
  value: string;
  /** Beside the value, quieter. */
  note?: string;
  /** How much of the row the bar behind it fills, 0 to 100. */
  fill: number;
  color?: string;
}

/** A label with a bar behind it and a value at the right. */
export function BarRow({ label, value, note, fill, color = "var(--accent)" }: BarRowProps) {
  return (
    <li className="relative flex h-8 items-center gap-3 overflow-hidden rounded px-2">
      <span
        aria-hidden="true"
        className="absolute inset-y-0 start-0 rounded opacity-12"
        style={{ width: `${Math.min(Math.max(fill, 0), 100)}%`, background: color }}
      />
      <span className="relative min-w-0 grow truncate">{label}</span>
      <span className="relative shrink-0 text-end font-medium">{value}</span>
      {note && <span className="relative w-14 shrink-0 text-end text-ink-3">{note}</span>}
    </li>
  );
}
