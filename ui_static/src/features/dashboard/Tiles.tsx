import type { MetricName, Report, Timeseries } from "@/api/types";
import { Explain } from "@/components/Explain";
import { TabList } from "@/components/TabList";
import { Ticking } from "@/components/Ticking";
import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import { changeOf } from "./change";
import { chartPoints, pointValue } from "./chartPoints";
import { importedIn, METRICS, type Metric, valueIn } from "./metrics";
import { Sparkline } from "./Sparkline";
import { TileChange } from "./TileChange";

// One template for the tabs and for the figures over them, so that the two stay aligned.
const COLUMNS =
  "grid grid-flow-col auto-cols-[minmax(7.75rem,1fr)] sm:auto-cols-[minmax(9.25rem,1fr)] lg:auto-cols-fr print:auto-cols-fr";

interface TilesProps {
  report: Report | undefined;
  /** The report is not there and will not come by itself. */
  failed: boolean;
  series: Timeseries | undefined;
  chosen: MetricName;
  onChoose: (name: MetricName) => void;
  panelId: string;
}

function tileStyle(chosen: boolean): string {
  const look = chosen
    ? "before:bg-accent text-ink"
    : "text-ink-2 before:bg-transparent hover:bg-raised";
  return `relative flex h-31 snap-start items-start border-s border-line pt-3 pe-10 ps-4 print:px-2 text-12 whitespace-nowrap font-medium -outline-offset-2! first:border-s-0 before:absolute before:inset-x-0 before:top-0 before:h-0.5 ${look}`;
}

interface FigureProps extends Pick<TilesProps, "report" | "failed" | "series"> {
  metric: Metric;
  chosen: boolean;
}

function Value({ metric, report, failed }: Pick<FigureProps, "metric" | "report" | "failed">) {
  if (!report && !failed) return <span className="skeleton my-1 block h-7 w-16" />;
  const value = report && valueIn(metric, report);
  return (
    <span
      id={`tile-${metric.name}-value`}
      data-testid={`tile-${metric.name}`}
      className="block text-20 leading-9 font-semibold text-ink sm:text-28 lg:text-20 xl:text-28 print:text-16 print:whitespace-nowrap"
    >
      <Ticking>{value === undefined ? "–" : metric.short(value)}</Ticking>
    </span>
  );
}

function madeFrom({ visits, total_pageviews }: Report): string {
  return t("From {{visits}} and {{pageviews}}.", {
    visits: t("{{count}} visits", { count: visits }),
    pageviews: t("{{count}} pageviews", { count: total_pageviews }),
  });
}

function Figure({ metric, report, failed, series, chosen }: FigureProps) {
  const values = series ? chartPoints(series, metric.name).map(pointValue) : [];
  const change = report && changeOf(metric, report);
  const imported = report && importedIn(metric, report);
  return (
    <div className="relative min-w-0 border-s border-transparent px-4 pt-8 print:px-2 first:border-s-0">
      <span className="pointer-events-auto absolute top-3 end-3 flex">
        <Explain
          name={t(metric.label)}
          rule={t(metric.rule)}
          behind={report && madeFrom(report)}
          topic={metric.topic}
        />
      </span>
      <Value metric={metric} report={report} failed={failed} />
      <TileChange
        id={`tile-${metric.name}-change`}
        change={change}
        imported={imported === undefined ? undefined : metric.short(imported)}
      />
      <div className={`mt-1 ${chosen ? "text-accent" : "text-ink-3"}`}>
        <Sparkline values={values} />
      </div>
    </div>
  );
}

function inFull(metric: Metric, report: Report | undefined): string | undefined {
  const value = report && valueIn(metric, report);
  return value === undefined ? undefined : `${metric.full(value)} ${inSentence(t(metric.label))}`;
}

/** The headline figures; the chosen one is drawn in the chart below. */
export function Tiles({ chosen, onChoose, panelId, ...numbers }: TilesProps) {
  const items = METRICS.map((metric) => ({
    name: metric.name,
    id: `tile-${metric.name}`,
    content: t(metric.label),
    describedBy: `tile-${metric.name}-value tile-${metric.name}-change`,
    title: inFull(metric, numbers.report),
  }));
  return (
    <div className="scroll-quiet snap-x snap-mandatory overflow-x-auto overflow-y-hidden rounded-t-card border-b border-line">
      <div className="relative w-max min-w-full">
        <TabList
          label={t("Figures")}
          items={items}
          chosen={chosen}
          onChoose={onChoose}
          panelId={panelId}
          className={COLUMNS}
          tabClassName={tileStyle}
        />
        {/* Over the tabs, not in them: a tab's name is its label, and it may not hold a button. */}
        <div className={`${COLUMNS} pointer-events-none absolute inset-0`}>
          {METRICS.map((metric) => (
            <Figure
              key={metric.name}
              metric={metric}
              chosen={metric.name === chosen}
              {...numbers}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
