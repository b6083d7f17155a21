import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { TopPage, TopPages } from "@/api/types";
import { Button } from "@/components/Button";
import { Empty } from "@/components/Empty";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatCompact, formatCount, formatDuration } from "@/lib/format";
import { splitPath } from "@/lib/path";

const FIRST_ROWS = 9;
const NUMBER = "relative py-1.5 pr-2 pl-3 text-right align-middle whitespace-nowrap";

/** A long path loses its middle, for its end says which page it is; on a phone it is wrapped. */
function Path({ path }: { path: string }) {
  const { head, tail } = splitPath(path);
  return (
    <span className="block min-w-0 wrap-anywhere sm:flex" title={path}>
      {head && <span className="sm:truncate">{head}</span>}
      <span className="sm:max-w-full sm:shrink-0 sm:truncate">{tail}</span>
    </span>
  );
}

function Row({ page, most }: { page: TopPage; most: number }) {
  return (
    <tr data-testid="page-row" className="relative">
      <th scope="row" className="relative w-full max-w-0 rounded py-1.5 pl-2 text-left font-normal">
        <span
          aria-hidden="true"
          className="absolute inset-y-0.5 left-0 rounded bg-accent opacity-12"
          style={{ width: `${most > 0 ? (100 * page.pageviews) / most : 0}%` }}
        />
        <span className="relative block min-w-0">
          <Path path={page.path} />
          {page.page_title && (
            <span className="block truncate text-12 text-ink-3">{page.page_title}</span>
          )}
        </span>
      </th>
      <td className={NUMBER} title={formatCount(page.visitors)}>
        {formatCompact(page.visitors)}
      </td>
      <td className={`${NUMBER} font-medium`} title={formatCount(page.pageviews)}>
        {formatCompact(page.pageviews)}
      </td>
      <td className={`${NUMBER} hidden text-ink-2 sm:table-cell`}>
        {page.avg_time_spent === null ? (
          <span title="Nobody's time on this page is known">–</span>
        ) : (
          formatDuration(page.avg_time_spent)
        )}
      </td>
    </tr>
  );
}

function Table({ data }: { data: TopPages }) {
  const [all, setAll] = useState(false);
  const rows = all ? data.pages : data.pages.slice(0, FIRST_ROWS);
  const most = Math.max(...data.pages.map((page) => page.pageviews));
  const head = "pb-1 pr-2 pl-3 text-right font-medium whitespace-nowrap";
  return (
    <>
      <table className="w-full">
        <thead className="text-12 text-ink-3">
          <tr>
            <th scope="col" className="pb-1 pl-2 text-left font-medium">
              Page
            </th>
            <th scope="col" className={head}>
              Visitors
            </th>
            <th scope="col" className={head}>
              Pageviews
            </th>
            <th scope="col" className={`${head} hidden sm:table-cell`}>
              Time
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((page) => (
            <Row key={page.path} page={page} most={most} />
          ))}
        </tbody>
      </table>
      <footer className="mt-2 flex items-center justify-between pl-2 text-12 text-ink-3">
        {`${formatCount(rows.length)} of ${formatCount(data.total)}`}
        {data.pages.length > FIRST_ROWS && (
          <Button look="quiet" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show more"}
          </Button>
        )}
      </footer>
    </>
  );
}

export function TopPagesPanel({ query }: { query: UseQueryResult<TopPages> }) {
  return (
    <Panel
      title="Top pages"
      rule="Pages by pageviews in these days; the time is the average of the times known for that page."
    >
      <QueryBody
        query={query}
        name="Top pages"
        skeleton={<RowSkeleton rows={9} />}
        isEmpty={({ pages }) => pages.length === 0}
        empty={
          <Empty title="No pages viewed in these days">
            Choose other days above, or open your website: it appears here by itself.
          </Empty>
        }
      >
        {(data) => <Table data={data} />}
      </QueryBody>
    </Panel>
  );
}
