import { Download } from "lucide-react";
import { useState } from "react";
import type { SiteAccess } from "@/api/sitePath";
import type { BreakdownRow } from "@/api/types";
import { Button } from "@/components/Button";
import { Dialog } from "@/components/Dialog";
import { Empty } from "@/components/Empty";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { csvText } from "@/lib/csv";
import { DIMENSION_LABELS, valueLabel } from "@/lib/dimensions";
import { t } from "@/lib/i18n";
import { saveFile } from "@/lib/saveFile";
import { useSettled } from "@/lib/useSettled";
import type { View } from "@/lib/view";
import type { Kind } from "./kinds";
import { RowsTable } from "./RowsTable";
import { PAGE_ROWS, type Ranking, sortedBy } from "./ranking";
import { useRanked } from "./useRanked";
import { useTitles } from "./useTitles";

// Somebody who types asks once, when they pause.
const TYPING_MS = 200;

interface AllRowsProps {
  access: SiteAccess;
  view: View;
  kind: Kind;
  onClose: () => void;
}

function save(kind: Kind, view: View, rows: readonly BreakdownRow[]) {
  const head = [
    t(DIMENSION_LABELS[kind.dimension]),
    t("Value"),
    t("Visitors"),
    t("Visits"),
    t("Pageviews"),
    kind.counts === "visits" ? t("Percent of visits") : t("Percent of visitors"),
  ];
  const lines = rows.map((row) => [
    valueLabel(kind.dimension, row.value),
    row.value,
    row.visitors,
    row.visits,
    row.pageviews,
    row.percent,
  ]);
  const { from, to } = view.range;
  const content = new Blob([csvText([head, ...lines])], { type: "text/csv" });
  saveFile(content, `${kind.dimension}-${from}-${to}.csv`);
}

interface PagerProps {
  ranking: Ranking;
  shown: number;
  total: number;
  onPage: (page: number) => void;
}

function Pager({ ranking, shown, total, onPage }: PagerProps) {
  const first = ranking.page * PAGE_ROWS;
  return (
    <div className="flex items-center gap-2">
      <span role="status" className="text-12 whitespace-nowrap text-ink-3">
        {total === 0
          ? t("None")
          : t("{{from}}–{{to}} of {{total}}", { from: first + 1, to: first + shown, total })}
      </span>
      {total > PAGE_ROWS && (
        <>
          <Button disabled={ranking.page === 0} onClick={() => onPage(ranking.page - 1)}>
            {t("Previous")}
          </Button>
          <Button disabled={first + shown >= total} onClick={() => onPage(ranking.page + 1)}>
            {t("Next")}
          </Button>
        </>
      )}
    </div>
  );
}

/** All values of a panel, in a table to search, to sort and to keep. */
export default function AllRows({ access, view, kind, onClose }: AllRowsProps) {
  const [ranking, setRanking] = useState<Ranking>({
    search: "",
    sort: kind.counts,
    order: "desc",
    page: 0,
  });
  const search = useSettled(ranking.search.trim(), TYPING_MS);
  const { query, rows, total } = useRanked(access, view, kind, { ...ranking, search });
  const titles = useTitles(access, view, kind);
  return (
    <Dialog title={t("All {{many}}", { many: t(kind.many) })} onClose={onClose}>
      <div className="flex flex-wrap items-center gap-2 px-4 py-3">
        <input
          type="search"
          aria-label={t("Search {{many}}", { many: t(kind.many) })}
          placeholder={t("Search")}
          value={ranking.search}
          maxLength={200}
          onChange={(event) => setRanking({ ...ranking, search: event.target.value, page: 0 })}
          className="min-h-11 min-w-0 grow rounded-control border border-edge bg-surface px-3 text-16 placeholder:text-ink-3 sm:min-h-9 sm:text-14"
        />
        <Button onClick={() => save(kind, view, rows)} disabled={rows.length === 0}>
          <Download className="size-4" aria-hidden="true" />
          {t("CSV of these rows")}
        </Button>
      </div>
      <section
        aria-label={t("Table of {{many}}", { many: t(kind.many) })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto px-4 -outline-offset-2! sm:min-h-96"
      >
        <QueryBody
          query={query}
          name={t("The {{many}}", { many: t(kind.many) })}
          skeleton={<RowSkeleton rows={9} />}
          isEmpty={() => rows.length === 0}
          empty={
            <Empty title={t("Nothing found")}>{t("Search for less, or for something else.")}</Empty>
          }
        >
          {() => (
            <RowsTable
              kind={kind}
              rows={rows}
              titles={titles}
              ranking={ranking}
              onSort={(sort) => setRanking(sortedBy(ranking, sort))}
              onPicked={onClose}
            />
          )}
        </QueryBody>
      </section>
      <footer className="flex items-center justify-between gap-2 border-t border-line px-4 py-2">
        <p className="hidden text-12 text-ink-3 sm:block">
          {t("A click keeps only the visits of a row.")}
        </p>
        <Pager
          ranking={ranking}
          shown={rows.length}
          total={total}
          onPage={(page) => setRanking({ ...ranking, page })}
        />
      </footer>
    </Dialog>
  );
}
