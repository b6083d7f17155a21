import { infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { AuditPage } from "./types";

const LIMIT = 50;

function path(before: number | null): string {
  return `/api/audit?limit=${LIMIT}${before === null ? "" : `&before=${before}`}`;
}

/** Who did what, newest first, page by page. */
export const auditQuery = infiniteQueryOptions({
  queryKey: ["audit"],
  queryFn: ({ signal, pageParam }) => request<AuditPage>(path(pageParam), { signal }),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.next,
});
