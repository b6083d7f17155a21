import type { ReactNode } from "react";

/** In the place of rows that are not there: what that means and what to do next. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex grow flex-col items-center justify-center px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      <div className="mt-1 max-w-80 text-balance text-ink-3">{children}</div>
    </div>
  );
}
