const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Milliseconds to wait before the next try, 1 to 30 s: doubled with each failure, and spread over
 * the upper half, so that dashboards do not all return in the same moment after a restart.
 *
 * @param failures tries that have failed since the last good connection, 1 or more
 * @param random a number from 0 up to 1
 */
export function retryDelay(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
