import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { breakdownQuery } from "@/api/getBreakdown";
import type { SiteAccess } from "@/api/sitePath";
import type { Breakdown } from "@/api/types";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { helpFor } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import { AllRowsButton } from "./AllRowsButton";
import { Donut } from "./Donut";
import { COLORS, donutParts } from "./donutParts";
import type { Kind } from "./kinds";
import { NoRows } from "./NoRows";
import { useStill } from "./useStill";
import { ValueRows } from "./ValueRows";

const WorldMap = lazy(() => import("./WorldMap"));

export const ROWS = 9;
// Beside the map stand two panels: there is room for more.
const ROWS_UNDER_MAP = 12;
// What is drawn as a ring has few values; so many wait for it.
const ROWS_OF_DONUT = 6;
// All there are of them: a donut's ring is the sum of its rows, and the map shows every country.
const WHOLE = 300;

interface BreakdownBodyProps {
  access: SiteAccess;
  view: View;
  kind: Kind;
}

const MAP_SKELETON = <div className="skeleton aspect-2/1" />;

/** What shows the rows at a glance, with them; without data, what waits in its place. */
function Shape({ kind, data, rows }: { kind: Kind; data?: Breakdown; rows: ReactNode }) {
  if (kind.shape === "donut") {
    return (
      <div className="flex grow flex-col gap-4 sm:flex-row sm:items-start sm:gap-6">
        {data ? (
          <Donut parts={donutParts(data.rows, kind.counts)} unit={t(kind.counts)} />
        ) : (
          <div className="skeleton mx-auto size-40 shrink-0 rounded-full" />
        )}
        {rows}
      </div>
    );
  }
  if (kind.shape === "map") {
    return (
      <div className="flex grow flex-col justify-center gap-4">
        {data ? (
          <Suspense fallback={MAP_SKELETON}>
            <WorldMap rows={data.rows} />
          </Suspense>
        ) : (
          MAP_SKELETON
        )}
        {rows}
      </div>
    );
  }
  return rows;
}

/** The nine most frequent values, with what shows them at a glance, and the way to all of them. */
export function BreakdownBody({ access, view, kind }: BreakdownBodyProps) {
  const shown = kind.shape === "map" ? ROWS_UNDER_MAP : ROWS;
  const expected = kind.shape === "donut" ? ROWS_OF_DONUT : shown;
  const limit = kind.shape ? WHOLE : ROWS;
  const query = useQuery(breakdownQuery(access, view, { dimension: kind.dimension, limit }));
  const { still, ...pointer } = useStill(query, view);
  return (
    <div className="flex min-h-91 grow flex-col sm:min-h-90" {...pointer}>
      <QueryBody
        query={still}
        name={t("The {{many}}", { many: t(kind.many) })}
        skeleton={<Shape kind={kind} rows={<RowSkeleton rows={expected} pressable />} />}
        isEmpty={({ rows }) => rows.length === 0}
        empty={
          <NoRows many={kind.many} help={helpFor(access, kind.help)}>
            {kind.hint()}
          </NoRows>
        }
      >
        {(data) => (
          <>
            <Shape
              kind={kind}
              data={data}
              rows={
                <ValueRows
                  kind={kind}
                  rows={data.rows.slice(0, shown)}
                  {...(kind.shape === "donut" && { colors: COLORS.slice(0, data.rows.length) })}
                />
              }
            />
            <AllRowsButton access={access} view={view} kind={kind} total={data.total} />
          </>
        )}
      </QueryBody>
    </div>
  );
}
