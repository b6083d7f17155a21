import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Diagnosis } from "./types";

/** What the doctor finds; for owners. It looks anew each time that the page is opened. */
export const diagnosisQuery = queryOptions({
  queryKey: ["doctor"],
  queryFn: ({ signal }) => request<Diagnosis>("/api/doctor", { signal }),
  gcTime: 0,
});
