import { moment } from "@/lib/dates";

/** An instant by this device's clock: "17 Sept 2025, 14:30". */
export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{moment(at)}</time>;
}
