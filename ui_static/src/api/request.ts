import { t } from "@/lib/i18n";
import { painted } from "@/lib/painted";
import type { Problem } from "./types";

/** An answer that is no success, or none at all (`status` 0). `message` is for people to read. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
  }

  get status(): number {
    return this.problem.status;
  }

  /** What is wrong with each field of the request, by the field's name. */
  get fields(): Record<string, string> {
    const errors = this.problem.errors ?? [];
    return Object.fromEntries(errors.map((e) => [e.pointer.replace(/^\//, ""), e.detail]));
  }
}

function unreachable(): Problem {
  return {
    type: "about:blank",
    title: t("Analytiq does not answer"),
    status: 0,
    detail: t(
      "Analytiq does not answer. Events that were accepted are safe on its disk. Check that the program is running and that this device is on its network, then try again.",
    ),
  };
}

interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Calls the program; throws ApiError for anything but a success. A 204 gives undefined. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw new ApiError(await readProblem(response));
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError(unreadable(response));
  }
}

/** A file from the program, with the name it goes by; throws ApiError for anything but a success. */
export async function requestFile(
  path: string,
  tell: (done: number) => void = () => {},
): Promise<{ content: Blob; name: string }> {
  const response = await send(path);
  if (!response.ok) throw new ApiError(await readProblem(response));
  const named = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  try {
    return { content: await arrived(response, tell), name: named?.[1] ?? "export" };
  } catch {
    throw new ApiError(unreachable());
  }
}

/** All of an answer; `tell` is told how much of it is here, from 0 to 1. */
async function arrived(response: Response, tell: (done: number) => void): Promise<Blob> {
  const whole = Number(response.headers.get("Content-Length"));
  if (!response.body || !whole) return response.blob();
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); part.value; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    tell(Math.min(bytes / whole, 1));
  }
  return new Blob(parts, { type: response.headers.get("Content-Type") ?? "" });
}

async function send(path: string, { method = "GET", body, signal }: RequestOptions = {}) {
  const init: RequestInit = { method, headers: { Accept: "application/json" } };
  if (signal) init.signal = signal;
  if (method !== "GET") {
    init.headers = { Accept: "application/json", "Content-Type": "application/json" };
    init.body = JSON.stringify(body ?? {});
  }
  try {
    // On a small machine the answer is reckoned on the processor that the page is painted with.
    if (method === "GET") await painted();
    return await fetch(path, init);
  } catch (error) {
    // An aborted request is nobody's fault: TanStack Query wants to see it as it is.
    if (signal?.aborted) throw error;
    throw new ApiError(unreachable());
  }
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Partial<Problem>;
    return { ...unreadable(response), ...problem, status: response.status };
  } catch {
    return unreadable(response);
  }
}

function unreadable(response: Response): Problem {
  return {
    type: "about:blank",
    title: t("Unexpected answer"),
    status: response.status,
    detail: t(
      "Something between this page and Analytiq answered with status {{status}}. Nothing that was counted is lost. Try again; if it stays, look into the program's log.",
      { status: response.status },
    ),
  };
}
