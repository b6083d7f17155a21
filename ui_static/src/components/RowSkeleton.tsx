const WIDTHS = ["w-full", "w-4/5", "w-3/5", "w-1/2", "w-2/5", "w-1/3", "w-1/4", "w-1/5", "w-1/6"];

/** As high as that many rows of bars. */
export function RowSkeleton({ rows }: { rows: number }) {
  return (
    <div className="space-y-1">
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className={`skeleton h-8 ${width}`} />
      ))}
    </div>
  );
}
