import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { ProgramSettings } from "./types";

/** What the program was started with; for an owner. */
export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => request<ProgramSettings>("/api/settings", { signal }),
});
