import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Empty } from "@/components/Empty";
import { useFilters } from "@/lib/useFilters";

interface NoRowsProps {
  /** What is not there, as in "visits". */
  many: string;
  children: ReactNode;
}

/** In the place of rows that are not there: the filters leave none, or there never were any. */
export function NoRows({ many, children }: NoRowsProps) {
  const { filters, clear } = useFilters();
  if (filters.length === 0) return <Empty title={`No ${many} in these days`}>{children}</Empty>;
  return (
    <Empty title={`No ${many} match these filters`}>
      <p className="mb-3">No visit that the filters above keep has any in these days.</p>
      <Button onClick={clear}>Show all visits</Button>
    </Empty>
  );
}
