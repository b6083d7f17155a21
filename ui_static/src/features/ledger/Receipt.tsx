import type { LedgerSums } from "@/api/types";
import { formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";
import { Balance } from "./Balance";
import { entries } from "./entries";

/** The whole sum, line by line, as on a till's receipt. */
export function Receipt({ sums }: { sums: LedgerSums }) {
  return (
    <>
      <table className="w-full">
        <caption className="sr-only">{t("What became of everything that arrived")}</caption>
        <tbody>
          {entries(sums).map(({ name, rule, events }) => (
            <tr key={name} className="align-baseline last:[&>th]:pb-3">
              <th scope="row" className="py-1.5 text-start font-normal">
                {name}
                <span className="block text-12 text-ink-3">{rule}</span>
              </th>
              <td
                className={`ps-4 text-end text-16 whitespace-nowrap ${events === 0 ? "text-ink-3" : "font-medium"}`}
              >
                {formatCount(events)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t-2 border-ink align-baseline">
            <th scope="row" className="pt-3 text-start font-semibold">
              {t("Arrived")}
            </th>
            <td
              className="pt-3 ps-4 text-end text-20 font-semibold whitespace-nowrap"
              data-testid="arrived"
            >
              {formatCount(sums.received)}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="mt-1 text-end">
        <Balance balanced={sums.balanced} />
      </p>
      {sums.rejected > 0 && (
        <p className="mt-3 border-t border-line pt-3 text-12 text-ink-3">
          {t(
            "Not among them: {{count}} events were refused because fields in them are wrong. The sender was told which.",
            { count: sums.rejected },
          )}
        </p>
      )}
    </>
  );
}
