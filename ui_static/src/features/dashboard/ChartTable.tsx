import type { Granularity } from "@/lib/range";
import { bucketLabel, type ChartPoint, pointValue } from "./chartPoints";
import type { Metric } from "./metrics";

interface ChartTableProps {
  metric: Metric;
  points: ChartPoint[];
  granularity: Granularity;
}

/** What the chart shows, for those who cannot see it. */
export function ChartTable({ metric, points, granularity }: ChartTableProps) {
  return (
    <div className="sr-only">
      <table>
        <caption>{`${metric.label} by ${granularity}`}</caption>
        <thead>
          <tr>
            <th scope="col">{granularity}</th>
            <th scope="col">{metric.label}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => {
            const value = pointValue(point);
            return (
              <tr key={point.t}>
                <th scope="row">{bucketLabel(point.t, granularity)}</th>
                <td>
                  {value === null ? "not known" : metric.full(value)}
                  {point.incomplete && ", not over yet"}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
