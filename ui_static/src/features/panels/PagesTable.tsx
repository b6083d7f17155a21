import { useQuery } from "@tanstack/react-query";
import { topPagesQuery } from "@/api/getTopPages";
import type { SiteAccess } from "@/api/sitePath";
import type { TopPage, TopPages } from "@/api/types";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatCompact, formatCount, formatDuration } from "@/lib/format";
import { helpFor } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import { AllRowsButton } from "./AllRowsButton";
import { PAGES } from "./kinds";
import { Label } from "./Label";
import { NoRows } from "./NoRows";
import { usePick } from "./usePick";
import { useStill } from "./useStill";

const ROWS = 9;
const NUMBER = "relative py-1 pe-2 ps-3 text-end align-middle whitespace-nowrap";
const HEAD = "pb-1 pe-2 ps-3 text-end font-medium whitespace-nowrap";

function Row({ page, most }: { page: TopPage; most: number }) {
  const pick = usePick("page");
  return (
    <tr data-testid="page-row" className="group">
      <th scope="row" className="relative w-full max-w-0 p-0 text-start font-normal">
        <span
          aria-hidden="true"
          className="absolute inset-y-0.5 start-0 rounded bg-accent opacity-12 group-hover:opacity-20"
          style={{ width: `${most > 0 ? (100 * page.pageviews) / most : 0}%` }}
        />
        <button
          {...pick.button(page.path)}
          className="relative block min-h-11 w-full rounded px-2 py-1 text-start -outline-offset-2! aria-pressed:font-medium aria-pressed:text-accent"
        >
          <Label dimension="page" value={page.path} />
          {page.page_title && (
            <span className="block truncate text-12 text-ink-2">{page.page_title}</span>
          )}
        </button>
      </th>
      <td className={`${NUMBER} hidden sm:table-cell`} title={formatCount(page.visitors)}>
        {formatCompact(page.visitors)}
      </td>
      <td className={`${NUMBER} font-medium`} title={formatCount(page.pageviews)}>
        {formatCompact(page.pageviews)}
      </td>
      <td className={`${NUMBER} hidden text-ink-2 sm:table-cell`}>
        {page.avg_time_spent === null ? (
          <span title={t("Nobody's time on this page is known")}>–</span>
        ) : (
          formatDuration(page.avg_time_spent)
        )}
      </td>
    </tr>
  );
}

function Table({ data }: { data: TopPages }) {
  const most = Math.max(...data.pages.map((page) => page.pageviews));
  return (
    <table className="w-full">
      <thead className="text-12 text-ink-3">
        <tr>
          <th scope="col" className="pb-1 ps-2 text-start font-medium">
            {t("Page")}
          </th>
          <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
            {t("Visitors")}
          </th>
          <th scope="col" className={HEAD}>
            {t("Pageviews")}
          </th>
          <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
            {t("Time")}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.pages.map((page) => (
          <Row key={page.path} page={page} most={most} />
        ))}
      </tbody>
    </table>
  );
}

/** The pages viewed most, with their titles and the time that visitors gave them. */
export function PagesTable({ access, view }: { access: SiteAccess; view: View }) {
  const query = useQuery(topPagesQuery(access, view, ROWS));
  const { still, ...pointer } = useStill(query, view);
  return (
    <div className="flex min-h-118 grow flex-col" {...pointer}>
      <QueryBody
        query={still}
        name={t("Pages")}
        skeleton={<RowSkeleton rows={ROWS} />}
        isEmpty={({ pages }) => pages.length === 0}
        empty={
          <NoRows many="pages" help={helpFor(access, PAGES.help)}>
            {PAGES.hint()}
          </NoRows>
        }
      >
        {(data) => (
          <>
            <Table data={data} />
            <AllRowsButton access={access} view={view} kind={PAGES} total={data.total} />
          </>
        )}
      </QueryBody>
    </div>
  );
}
