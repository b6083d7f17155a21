import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { ChartScale } from "./chartScale";

/** Where a key leads from the place `at`, in a row of that many. */
function led(key: string, at: number | undefined, count: number): number | undefined {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowRight") return Math.min((at ?? -1) + 1, count - 1);
  if (key === "ArrowLeft") return Math.max((at ?? count) - 1, 0);
  return undefined;
}

/** The point of a chart that is looked at: under the pointer or finger, or where the arrow keys led. */
export function useCursor(scale: ChartScale, count: number) {
  const [chosen, choose] = useState<number>();
  // Fewer days may have come since.
  const at = chosen !== undefined && chosen < count ? chosen : undefined;
  function point({ clientX, currentTarget }: PointerEvent) {
    choose(scale.nearest(clientX - currentTarget.getBoundingClientRect().left));
  }
  function press(event: KeyboardEvent) {
    const next = led(event.key, at, count);
    if (next !== undefined) {
      choose(next);
      event.preventDefault();
    } else if (event.key === "Escape") {
      choose(undefined);
    }
  }
  const leave = () => choose(undefined);
  return {
    at,
    handlers: {
      onPointerDown: point,
      onPointerMove: point,
      onPointerLeave: leave,
      onKeyDown: press,
      onBlur: leave,
    },
  };
}
