/** Pixels of a chart's drawing. */
export const CHART_HEIGHT = 300;
const TOP = 8;
const RIGHT = 28;
const LEFT = 8;
const UNDER = 30;
/** Between the labels and what they are of. */
export const LABEL_GAP = 8;
const BETWEEN_LABELS = 36;
// Of the widest figure in the labels' size; a little too much only moves the axis.
const CHARACTER = 7;

export interface ChartScale {
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Where the point of that place in the list lies. */
  x: (index: number) => number;
  /** Where a value lies. */
  y: (value: number) => number;
  /** The point that is nearest to a place across. */
  nearest: (x: number) => number;
}

/** Points in a row, evenly apart; values from 0 to `top`, with room for the labels beside them. */
export function chartScale(
  width: number,
  count: number,
  top: number,
  labels: readonly string[],
): ChartScale {
  const longest = Math.max(...labels.map((label) => label.length));
  const left = LEFT + longest * CHARACTER + LABEL_GAP;
  const right = Math.max(width - RIGHT, left);
  const bottom = CHART_HEIGHT - UNDER;
  const step = count > 1 ? (right - left) / (count - 1) : 0;
  const first = count > 1 ? left : (left + right) / 2;
  return {
    left,
    right,
    top: TOP,
    bottom,
    x: (index) => first + index * step,
    y: (value) => bottom - (value / top) * (bottom - TOP),
    nearest: (x) => {
      const index = step > 0 ? Math.round((x - left) / step) : 0;
      return Math.min(Math.max(index, 0), count - 1);
    },
  };
}

/** The values in a row between two gaps, each with its place in the list. */
type Run = { index: number; value: number }[];

function runs(values: readonly (number | null)[]): Run[] {
  const found: Run[] = [];
  let open: Run | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = undefined;
      continue;
    }
    if (!open) {
      open = [];
      found.push(open);
    }
    open.push({ index, value });
  }
  return found;
}

function alongRun(run: Run, scale: ChartScale): string {
  return run.map(({ index, value }) => `${scale.x(index)},${scale.y(value)}`).join("L");
}

/** A line through the values, broken where one is unknown. */
export function linePath(values: readonly (number | null)[], scale: ChartScale): string {
  return runs(values)
    .map((run) => `M${alongRun(run, scale)}`)
    .join("");
}

/** What lies between that line and the axis. */
export function areaPath(values: readonly (number | null)[], scale: ChartScale): string {
  return runs(values)
    .map((run) => {
      const [first, last] = [run[0]?.index ?? 0, run.at(-1)?.index ?? 0];
      const back = `L${scale.x(last)},${scale.bottom}L${scale.x(first)},${scale.bottom}Z`;
      return `M${alongRun(run, scale)}${back}`;
    })
    .join("");
}

/** Which points are labelled: the first, and from it as many at equal steps as do not touch. */
export function labelled(labels: readonly string[], scale: ChartScale): number[] {
  const widest = Math.max(...labels.map((label) => label.length)) * CHARACTER;
  const apart = scale.x(1) - scale.x(0);
  const every = apart > 0 ? Math.ceil((widest + BETWEEN_LABELS) / apart) : 1;
  return labels.map((_label, index) => index).filter((index) => index % every === 0);
}
