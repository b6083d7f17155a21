import type { Filter } from "./filters";
import type { DateRange } from "./range";

/** Of which days and which visits a dashboard shows the numbers. */
export interface View {
  range: DateRange;
  filters: readonly Filter[];
}
