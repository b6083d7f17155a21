export type AxisKind = "count" | "percent" | "seconds" | "milliseconds";

// Steps that read well on a clock; 1, 2 and 5 times a power of ten do not (3:20, 6:40).
const CLOCK_STEPS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400];
const WANTED_STEPS = 4;

function decimalStep(rough: number, factors = [1, 2, 5]): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = factors.find((f) => f * power >= rough * 0.999) ?? 10;
  return factor * power;
}

function stepFor(max: number, kind: AxisKind): number {
  const rough = max / WANTED_STEPS;
  if (kind === "seconds") return CLOCK_STEPS.find((s) => s >= rough) ?? decimalStep(rough);
  if (kind === "count") return Math.max(1, decimalStep(rough));
  // A quarter is a natural step on the way to a hundred.
  if (kind === "percent") return decimalStep(rough, [1, 2, 2.5, 5]);
  return decimalStep(rough);
}

/** Round marks from 0 to at least `max`, for values of this kind. */
export function axisTicks(max: number, kind: AxisKind): number[] {
  const top = kind === "percent" ? Math.min(Math.max(max, 10), 100) : Math.max(max, 1);
  const step = stepFor(top, kind);
  const count = Math.ceil(top / step - 1e-9);
  // Multiplying, not adding: 0.1 added three times is not 0.3.
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}
