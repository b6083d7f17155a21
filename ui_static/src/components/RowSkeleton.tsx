const WIDTHS = ["w-full", "w-4/5", "w-3/5", "w-1/2", "w-2/5", "w-1/3", "w-1/4", "w-1/5", "w-1/6"];

interface RowSkeletonProps {
  rows: number;
  /** Of a row that can be clicked on: taller where it is a finger that does. */
  pressable?: boolean;
}

/** As high as that many rows of bars. */
export function RowSkeleton({ rows, pressable = false }: RowSkeletonProps) {
  const places = Array.from({ length: rows }, (_, place) => place);
  return (
    <div className="min-w-0 grow space-y-1">
      {places.map((place) => (
        <div
          key={place}
          className={`skeleton ${pressable ? "h-11 sm:h-8" : "h-8"} ${WIDTHS[place] ?? WIDTHS.at(-1)}`}
        />
      ))}
    </div>
  );
}
