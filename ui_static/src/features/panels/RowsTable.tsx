import { ArrowDown, ArrowUp, CircleMinus } from "lucide-react";
import type { SortBy } from "@/api/getBreakdown";
import type { BreakdownRow } from "@/api/types";
import { DIMENSION_LABELS, valueLabel } from "@/lib/dimensions";
import { formatCount, formatPercent } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import type { Kind } from "./kinds";
import { Label } from "./Label";
import type { Ranking } from "./ranking";
import { usePick } from "./usePick";

interface RowsTableProps {
  kind: Kind;
  rows: readonly BreakdownRow[];
  /** Of pages, by path. */
  titles: ReadonlyMap<string, string>;
  ranking: Ranking;
  onSort: (column: SortBy) => void;
  /** A row was clicked, and the page is filtered. */
  onPicked: () => void;
}

const COUNTS = [
  { column: "visitors", label: "Visitors" },
  { column: "visits", label: "Visits" },
  { column: "pageviews", label: "Pageviews" },
] as const;

/** On a phone there is room for what the percentages are of. */
function columnStyle(kind: Kind, column: SortBy): string {
  return column === kind.counts ? "" : "hidden sm:table-cell";
}

interface HeadProps extends Pick<RowsTableProps, "kind" | "ranking" | "onSort"> {
  column: SortBy;
  label: Text;
}

function Head({ kind, ranking, onSort, column, label }: HeadProps) {
  const chosen = ranking.sort === column;
  const Arrow = ranking.order === "asc" ? ArrowUp : ArrowDown;
  const side = column === "value" ? "" : "w-full flex-row-reverse";
  const sorted = ranking.order === "asc" ? "ascending" : "descending";
  return (
    <th
      scope="col"
      aria-sort={chosen ? sorted : "none"}
      className={`sticky top-0 z-10 border-b border-line bg-surface p-0 font-medium ${column === "value" ? "" : columnStyle(kind, column)}`}
    >
      <button
        type="button"
        onClick={() => onSort(column)}
        className={`flex min-h-11 items-center gap-1 px-2 -outline-offset-2! hover:text-ink sm:min-h-9 ${side} ${chosen ? "text-ink" : "text-ink-3"}`}
      >
        {t(label)}
        <Arrow className={`size-3 ${chosen ? "" : "invisible"}`} aria-hidden="true" />
      </button>
    </th>
  );
}

function Row({
  kind,
  row,
  title,
  onPicked,
}: { row: BreakdownRow; title: string | undefined } & Pick<RowsTableProps, "kind" | "onPicked">) {
  const pick = usePick(kind.dimension);
  const { onClick, ...button } = pick.button(row.value);
  return (
    <tr
      data-testid="all-row"
      data-value={row.value}
      className="border-b border-line hover:bg-raised"
    >
      <th scope="row" className="w-full max-w-0 p-0 text-start font-normal">
        <button
          {...button}
          onClick={(event) => {
            onClick(event);
            onPicked();
          }}
          className="flex min-h-11 w-full items-center px-2 text-start -outline-offset-2! hover:underline aria-pressed:font-medium aria-pressed:text-accent sm:min-h-9"
        >
          <span className="min-w-0">
            <Label dimension={kind.dimension} value={row.value} />
            {title && (
              <span className="block truncate text-12 font-normal text-ink-2">{title}</span>
            )}
          </span>
        </button>
      </th>
      {COUNTS.map(({ column }) => (
        <td key={column} className={`px-2 text-end ${columnStyle(kind, column)}`}>
          {formatCount(row[column])}
        </td>
      ))}
      <td className="px-2 text-end whitespace-nowrap text-ink-3">{formatPercent(row.percent)}</td>
      <td className="p-0">
        <button
          type="button"
          aria-label={t("Leave out {{value}}", { value: valueLabel(kind.dimension, row.value) })}
          title={t("Leave out")}
          onClick={() => {
            pick.exclude(row.value);
            onPicked();
          }}
          className="flex size-11 items-center justify-center rounded-control text-ink-3 -outline-offset-2! hover:text-ink sm:size-9"
        >
          <CircleMinus className="size-4" aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
}

/** Values with all their numbers; each column's head sorts by it. */
export function RowsTable({ kind, rows, titles, ranking, onSort, onPicked }: RowsTableProps) {
  const head = { kind, ranking, onSort };
  return (
    <table className="w-full">
      <thead className="text-12">
        <tr>
          <Head {...head} column="value" label={DIMENSION_LABELS[kind.dimension]} />
          {COUNTS.map((count) => (
            <Head key={count.column} {...head} {...count} />
          ))}
          <th
            scope="col"
            title={kind.counts === "visits" ? t("Of all visits") : t("Of all visitors")}
            className="sticky top-0 z-10 border-b border-line bg-surface px-2 text-end font-medium text-ink-3"
          >
            %
          </th>
          <th scope="col" className="sticky top-0 z-10 border-b border-line bg-surface">
            <span className="sr-only">{t("Leave out")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.value}
            kind={kind}
            row={row}
            title={titles.get(row.value)}
            onPicked={onPicked}
          />
        ))}
      </tbody>
    </table>
  );
}
