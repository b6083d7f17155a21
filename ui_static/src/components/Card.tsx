import type { ReactNode } from "react";

/** A part of a page of settings. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-4 rounded-card border border-line bg-surface p-4 sm:p-6">
      <h2 className="text-16 font-semibold">{title}</h2>
      {children}
    </section>
  );
}
