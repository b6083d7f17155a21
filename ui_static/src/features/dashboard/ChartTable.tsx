import { t } from "@/lib/i18n";
import type { Granularity } from "@/lib/range";
import { bucketLabel, type ChartPoint, said, valueSaid } from "./chartPoints";
import { type Metric, perBucket } from "./metrics";

interface ChartTableProps {
  metric: Metric;
  points: ChartPoint[];
  granularity: Granularity;
  /** The earlier days in words, where they are compared. */
  earlier: string | undefined;
}

/** What the chart shows, for those who cannot see it. */
export function ChartTable({ metric, points, granularity, earlier }: ChartTableProps) {
  return (
    <div className="sr-only">
      <table>
        <caption>{perBucket(metric, granularity)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(granularity)}</th>
            <th scope="col">{t(metric.label)}</th>
            {earlier && <th scope="col">{earlier}</th>}
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.t}>
              <th scope="row">{bucketLabel(point.t, granularity)}</th>
              <td>
                {valueSaid(metric, point)}
                {point.incomplete && t(", not over yet")}
              </td>
              {earlier && <td>{point.earlierT ? said(metric, point.earlier) : ""}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
