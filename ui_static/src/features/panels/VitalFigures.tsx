import type { UseQueryResult } from "@tanstack/react-query";
import type { SiteVitals, Vital } from "@/api/types";
import { Explain } from "@/components/Explain";
import { longDay } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { RATINGS, VITALS } from "./vitals";

function Figure({ vital, format }: { vital: Vital; format: (value: number) => string }) {
  const { word, look } = RATINGS[vital.rating];
  return (
    <>
      <dd className="text-20 font-semibold">{format(vital.p75)}</dd>
      <dd className={`text-12 font-medium ${look}`}>{t(word)}</dd>
      <dd className="text-12 text-ink-3">
        {`${t("half {{time}}", { time: format(vital.p50) })} · 95\u202f% ${format(vital.p95)}`}
      </dd>
    </>
  );
}

/** How pages felt, beside how long they took. */
export function VitalFigures({ query }: { query: UseQueryResult<SiteVitals> }) {
  const { data, isError } = query;
  return (
    <div className="mt-4 border-line border-t pt-4">
      <dl className="grid grid-cols-1 gap-x-4 gap-y-3 sm:grid-cols-3">
        {VITALS.map(({ name, short, label, rule, format }) => {
          const vital = data?.[name];
          return (
            <div key={name} className="min-h-21 min-w-0">
              <dt className="flex items-center gap-1.5 text-ink-2">
                {t(label)} <span className="text-12 text-ink-3">{short}</span>
                <Explain
                  name={t(label)}
                  rule={t(rule)}
                  behind={
                    vital ? t("From {{count}} pageviews.", { count: vital.measured }) : undefined
                  }
                />
              </dt>
              {vital && <Figure vital={vital} format={format} />}
              {data && !vital && (
                <dd className="mt-1 text-12 text-ink-3">{t("Not measured yet")}</dd>
              )}
              {isError && !data && (
                <dd className="mt-1 text-12 text-bad">{t("Could not be loaded")}</dd>
              )}
              {!data && !isError && <dd className="skeleton mt-1 h-7 w-16" />}
            </div>
          );
        })}
      </dl>
      {data?.since && (
        <p className="mt-2 text-12 text-ink-3">
          {t("From {{day}} on; of earlier days only sums are kept.", { day: longDay(data.since) })}
        </p>
      )}
    </div>
  );
}
