import { useSearchParams } from "react-router";
import type { MetricName } from "@/api/types";
import { METRICS } from "./metrics";

const PARAM = "metric";

/** The figure that the chart shows, in the page's address; choosing another is no step to go back. */
export function useChartMetric() {
  const [params, setParams] = useSearchParams();
  const first = METRICS[0]?.name ?? "visitors";
  const chosen = METRICS.find(({ name }) => name === params.get(PARAM))?.name ?? first;
  function choose(name: MetricName) {
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (name === first) next.delete(PARAM);
        else next.set(PARAM, name);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  }
  return [chosen, choose] as const;
}
