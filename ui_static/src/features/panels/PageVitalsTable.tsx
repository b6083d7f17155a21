import type { UseQueryResult } from "@tanstack/react-query";
import type { PageVitals, SiteVitals } from "@/api/types";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import { Label } from "./Label";
import { NoRows } from "./NoRows";
import { usePick } from "./usePick";
import { RATINGS, VITALS } from "./vitals";

function Row({ page }: { page: PageVitals }) {
  const pick = usePick("page");
  return (
    <tr>
      <th scope="row" className="w-full max-w-0 p-0 text-start font-normal">
        <button
          {...pick.button(page.path)}
          className="block min-h-11 w-full rounded px-2 text-start -outline-offset-2! hover:bg-raised aria-pressed:font-medium aria-pressed:text-accent sm:min-h-9"
        >
          <Label dimension="page" value={page.path} />
        </button>
      </th>
      {VITALS.map(({ name, format }) => {
        const vital = page[name];
        const rating = vital && RATINGS[vital.rating];
        return (
          <td
            key={name}
            title={rating ? t(rating.word) : undefined}
            className={`pe-2 ps-3 text-end whitespace-nowrap ${rating?.look ?? "text-ink-3"}`}
          >
            {vital ? format(vital.p75) : <span title={t("Not measured")}>–</span>}
            {rating && <span className="sr-only">{`, ${inSentence(t(rating.word))}`}</span>}
          </td>
        );
      })}
    </tr>
  );
}

/** The pages measured most, each with what three of four pageviews stayed within. */
export function PageVitalsTable({ query }: { query: UseQueryResult<SiteVitals> }) {
  return (
    <QueryBody
      query={query}
      name={t("The pages' speed")}
      skeleton={<RowSkeleton rows={9} />}
      isEmpty={({ pages }) => pages.length === 0}
      empty={<NoRows many="web vitals">{t("The snippet sends them when a page is left.")}</NoRows>}
    >
      {({ pages }) => (
        <table className="w-full">
          <thead className="text-12 text-ink-3">
            <tr>
              <th scope="col" className="pb-1 ps-2 text-start font-medium">
                {t("Page")}
              </th>
              {VITALS.map(({ name, short }) => (
                <th key={name} scope="col" className="pe-2 pb-1 ps-3 text-end font-medium">
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.map((page) => (
              <Row key={page.path} page={page} />
            ))}
          </tbody>
        </table>
      )}
    </QueryBody>
  );
}
