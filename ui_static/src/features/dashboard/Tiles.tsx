import type { MetricName, Report, Timeseries } from "@/api/types";
import { Explain } from "@/components/Explain";
import { TabList } from "@/components/TabList";
import { Ticking } from "@/components/Ticking";
import { chartPoints, pointValue } from "./chartPoints";
import { METRICS, type Metric } from "./metrics";
import { Sparkline } from "./Sparkline";

// One template for the tabs and for the "?" above them, so that the two stay aligned.
const COLUMNS =
  "grid grid-flow-col auto-cols-[minmax(7.75rem,1fr)] sm:auto-cols-[minmax(8.5rem,1fr)] lg:auto-cols-fr";

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
    ? "bg-surface before:bg-accent"
    : "hover:bg-raised before:bg-transparent text-ink-2";
  return `relative snap-start border-l border-line px-4 pt-3 pb-3 text-left first:border-l-0 before:absolute before:inset-x-0 before:top-0 before:h-0.5 -outline-offset-2! ${look}`;
}

type TileProps = Omit<TilesProps, "onChoose" | "panelId"> & { metric: Metric };

function TileValue({ metric, report, failed }: Pick<TileProps, "metric" | "report" | "failed">) {
  if (!report && !failed) return <span className="skeleton my-1 block h-7 w-16" />;
  const value = report && metric.of(report);
  return (
    <span
      id={`tile-${metric.name}-value`}
      data-testid={`tile-${metric.name}`}
      title={value === undefined ? "Not known" : metric.full(value)}
      className="block text-20 leading-9 font-semibold text-ink sm:text-28"
    >
      <Ticking>{value === undefined ? "–" : metric.short(value)}</Ticking>
    </span>
  );
}

function Tile({ metric, report, failed, series, chosen }: TileProps) {
  const values = series ? chartPoints(series, metric.name).map(pointValue) : [];
  return (
    <>
      <span id={`tile-${metric.name}-label`} className="block truncate pr-5 text-12 font-medium">
        {metric.label}
      </span>
      <TileValue metric={metric} report={report} failed={failed} />
      <span className={`mt-1 block ${chosen === metric.name ? "text-accent" : "text-ink-3"}`}>
        <Sparkline values={values} />
      </span>
    </>
  );
}

/** The headline figures; the chosen one is drawn in the chart below. */
export function Tiles(props: TilesProps) {
  const items = METRICS.map((metric) => ({
    name: metric.name,
    content: <Tile {...props} metric={metric} />,
    labelledBy: `tile-${metric.name}-label`,
    describedBy: `tile-${metric.name}-value`,
  }));
  return (
    <div className="scroll-quiet snap-x overflow-x-auto overflow-y-hidden rounded-t-card border-b border-line">
      <div className="relative w-max min-w-full">
        <TabList
          label="Figures"
          items={items}
          chosen={props.chosen}
          onChoose={props.onChoose}
          panelId={props.panelId}
          className={COLUMNS}
          tabClassName={tileStyle}
        />
        {/* Beside the tab list, not in it: a tab may not hold a button. */}
        <div className={`${COLUMNS} pointer-events-none absolute inset-x-0 top-3`}>
          {METRICS.map((metric) => (
            <span key={metric.name} className="pointer-events-auto ml-auto inline-flex pr-3">
              <Explain name={metric.label} rule={metric.rule} />
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}
