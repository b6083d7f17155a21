import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { MailReports } from "./types";

/** Which websites' numbers whoever asks gets by e-mail. */
export const mailReportsQuery = queryOptions({
  queryKey: ["mail", "reports"],
  queryFn: ({ signal }) => request<MailReports>("/api/mail/reports", { signal }),
});
