import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { View } from "@/lib/view";

/**
 * The query, its rows held still while a pointer is over them: a push must not put another row under
 * it. What is asked for anew, other days or filters, is shown at once.
 */
export function useStill<T>(query: UseQueryResult<T>, view: View) {
  const [held, setHeld] = useState<{ data: T; asked: string }>();
  const asked = JSON.stringify(view);
  const { data } = query;
  const holds = held !== undefined && held.asked === asked && !query.isPlaceholderData;
  const still = holds && data !== undefined ? { ...query, data: held.data } : query;
  return {
    still: still as UseQueryResult<T>,
    onPointerEnter: () => {
      if (data !== undefined && !query.isPlaceholderData) setHeld({ data, asked });
    },
    onPointerLeave: () => setHeld(undefined),
  };
}
