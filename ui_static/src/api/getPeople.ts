import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Person } from "./types";

/** Every account of this Analytiq; for its owners. */
export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: async ({ signal }) =>
    (await request<{ people: Person[] }>("/api/people", { signal })).people,
});
