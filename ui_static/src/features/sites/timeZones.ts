/** The browser's own time zone, a good guess for the website's. */
export function guessTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** Every zone the browser knows, and UTC, which browsers leave out of that list. */
export function timeZones(): string[] {
  return [...new Set(["UTC", guessTimeZone(), ...Intl.supportedValuesOf("timeZone")])].sort();
}
