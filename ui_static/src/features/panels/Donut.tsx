import { formatCompact, formatCount } from "@/lib/format";
import type { Part } from "./donutParts";

const GAP = 0.006;

/** Where each part of the ring begins and how far it reaches, in units of the whole. */
function arcs(parts: readonly Part[], whole: number) {
  let begin = 0;
  return parts.map((part) => {
    // A single part has no neighbour to be kept apart from; the smallest one stays in sight.
    const gap = parts.length > 1 ? Math.min(GAP * whole, part.value / 2) : 0;
    const arc = { ...part, begin, length: part.value - gap };
    begin += part.value;
    return arc;
  });
}

/** Parts of a whole. The rows beside it say the same in words, hence hidden from screen readers. */
export function Donut({ parts, unit }: { parts: readonly Part[]; unit: string }) {
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div aria-hidden="true" className="relative mx-auto size-40 shrink-0">
      <svg aria-hidden="true" viewBox="0 0 160 160" className="-rotate-90">
        {arcs(parts, whole).map(({ name, fill, begin, length }) => (
          <circle
            key={name}
            cx={80}
            cy={80}
            r={66}
            fill="none"
            stroke={fill}
            strokeWidth={24}
            pathLength={whole}
            strokeDasharray={`${length} ${whole}`}
            strokeDashoffset={-begin}
          />
        ))}
      </svg>
      <div className="absolute inset-0 flex flex-col items-center justify-center">
        <span className="text-20 font-semibold" title={formatCount(whole)}>
          {formatCompact(whole)}
        </span>
        <span className="text-12 text-ink-3">{unit}</span>
      </div>
    </div>
  );
}
