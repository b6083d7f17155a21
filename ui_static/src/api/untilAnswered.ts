const AGAIN_AFTER_MS = 15_000;

/** As a `refetchInterval`: what failed is asked again until there is an answer, and then no more. */
export function untilAnswered({ state }: { state: { status: string } }): number | false {
  return state.status === "error" ? AGAIN_AFTER_MS : false;
}
