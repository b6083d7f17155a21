import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";
import { Problem } from "./Problem";

interface QueryBodyProps<T> {
  query: UseQueryResult<T>;
  /** What the numbers are called, as in "Sources". */
  name: string;
  skeleton: ReactNode;
  isEmpty: (data: T) => boolean;
  empty: ReactNode;
  children: (data: T) => ReactNode;
}

// Only where the answer takes a while: to fade a page and to light it up again is much to paint.
const FADED = "opacity-50 delay-300";

/** One of the four faces of a panel: loading, failed, empty or filled. */
export function QueryBody<T>({
  query,
  name,
  skeleton,
  isEmpty,
  empty,
  children,
}: QueryBodyProps<T>) {
  if (query.data === undefined) {
    if (!query.isError) return <div aria-busy="true">{skeleton}</div>;
    return (
      <Problem
        title={t("{{name}} could not be loaded", { name })}
        error={query.error}
        onRetry={() => query.refetch()}
      />
    );
  }
  if (isEmpty(query.data)) return empty;
  return (
    <div
      aria-busy={query.isPlaceholderData}
      className={`flex grow flex-col transition-opacity duration-150 ${query.isPlaceholderData ? FADED : ""}`}
    >
      {children(query.data)}
    </div>
  );
}
