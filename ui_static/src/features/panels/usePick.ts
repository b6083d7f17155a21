import type { MouseEvent } from "react";
import { valueLabel } from "@/lib/dimensions";
import { type Dimension, isFiltered } from "@/lib/filters";
import { useFilters } from "@/lib/useFilters";

/** Rows are buttons: a click keeps only the visits of a row, the next takes that back, with Shift it leaves them out. */
export function usePick(dimension: Dimension) {
  const { filters, toggle } = useFilters();
  return {
    isPicked: (value: string) => isFiltered(filters, dimension, value),
    exclude: (value: string) => toggle(dimension, value, { exclude: true }),
    /** The attributes of the button of a row. */
    button: (value: string) => {
      const picked = isFiltered(filters, dimension, value);
      const says = picked ? "Click: all visits again" : "Click: only these visits";
      return {
        type: "button" as const,
        "aria-pressed": picked,
        "aria-keyshortcuts": "Shift+Enter",
        title: `${valueLabel(dimension, value)}\n${says}. Shift+click: without them.`,
        onClick: (event: MouseEvent) => toggle(dimension, value, { exclude: event.shiftKey }),
      };
    },
  };
}
