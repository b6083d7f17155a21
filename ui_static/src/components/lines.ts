import { ApiError } from "@/api/request";

/** The entries of a field that has one on each line; commas may stand between them too. */
export function readLines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** What is wrong with a list, or with its first entry at fault, as the program said it. */
export function linesError(error: Error | null, field: string, sent: string[]): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.fields[field]) return error.fields[field];
  const wrong = sent.findIndex((_, number) => `${field}/${number}` in error.fields);
  return wrong < 0 ? undefined : `“${sent[wrong]}”: ${error.fields[`${field}/${wrong}`]}`;
}
