import type { MouseEvent } from "react";
import { valueLabel } from "@/lib/dimensions";
import { type Dimension, isFiltered } from "@/lib/filters";
import { t } from "@/lib/i18n";
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
      const says = picked ? t("Click: all visits again.") : t("Click: only these visits.");
      return {
        type: "button" as const,
        "aria-pressed": picked,
        "aria-keyshortcuts": "Shift+Enter",
        title: `${valueLabel(dimension, value)}\n${says} ${t("Shift+click: without them.")}`,
        onClick: (event: MouseEvent) => toggle(dimension, value, { exclude: event.shiftKey }),
      };
    },
  };
}
