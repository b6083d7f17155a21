const HOUR_MS = 3_600_000;

/** How long a link may open its dashboard; hours of 0 stand for "until it is revoked". */
export const EXPIRIES = [
  { hours: 0, label: "until you revoke it" },
  { hours: 24, label: "for a day" },
  { hours: 168, label: "for a week" },
  { hours: 720, label: "for 30 days" },
  { hours: 2160, label: "for 90 days" },
] as const;

export function expiresAt(hours: number, now: Date): string | null {
  return hours === 0 ? null : new Date(now.getTime() + hours * HOUR_MS).toISOString();
}
