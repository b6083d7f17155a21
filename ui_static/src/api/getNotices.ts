import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Notice } from "./types";

/** What is wrong with the program, worst first. Asked again and again, and when the page is looked at. */
export const noticesQuery = queryOptions({
  queryKey: ["notices"],
  queryFn: async ({ signal }) =>
    (await request<{ notices: Notice[] }>("/api/notices", { signal })).notices,
  refetchInterval: 30_000,
  refetchOnWindowFocus: "always",
});
