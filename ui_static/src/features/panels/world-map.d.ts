declare module "virtual:world-map" {
  /** Its edges in units of the paths. */
  export const width: number;
  export const height: number;
  /** `code` is that of ISO 3166-1, null for the few lands that have none. */
  export const lands: readonly { code: string | null; path: string }[];
}
