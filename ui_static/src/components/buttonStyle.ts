const SHAPE =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-4 text-14 font-medium whitespace-nowrap transition-colors duration-150 sm:min-h-9 disabled:opacity-60";

const LOOKS = {
  primary: "bg-accent text-on-accent enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover",
  plain: "border border-line bg-surface text-ink hover:bg-raised",
  danger: "border border-bad bg-surface text-bad enabled:hover:bg-bad-soft",
  quiet: "text-ink-2 hover:bg-raised hover:text-ink",
} as const;

export type ButtonLook = keyof typeof LOOKS;

/** The classes of a button, also for links that look like one. */
export function buttonStyle(look: ButtonLook, more = ""): string {
  return `${SHAPE} ${LOOKS[look]} ${more}`;
}
