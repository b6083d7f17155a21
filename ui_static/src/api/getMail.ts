import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { MailState } from "./types";

/** The server that e-mail is handed to; for owners. All null while there is none. */
export const mailQuery = queryOptions({
  queryKey: ["mail"],
  queryFn: ({ signal }) => request<MailState>("/api/mail", { signal }),
});
