import { Button } from "@/components/Button";
import { Empty } from "@/components/Empty";
import { useFilters } from "@/lib/useFilters";

/** In the chart's place when the filters keep no visit of these days. */
export function NoMatch() {
  const { filters, set, clear } = useFilters();
  return (
    <Empty title="No visits match these filters">
      In these days no visit fits {filters.length > 1 ? "all of them" : "it"}. Nothing is lost:
      other days may have some.
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {filters.length > 1 && (
          <Button onClick={() => set(filters.slice(0, -1))}>Remove the last one</Button>
        )}
        <Button onClick={clear}>Show all visits</Button>
      </div>
    </Empty>
  );
}
