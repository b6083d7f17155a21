import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  /** By which an address leads to it, as in `#key`. */
  id?: string;
  children: ReactNode;
}

/** A part of a page of settings. */
export function Card({ title, id, children }: CardProps) {
  const titleId = useId();
  return (
    <section
      id={id}
      tabIndex={id ? -1 : undefined}
      aria-labelledby={titleId}
      className="scroll-mt-4 space-y-4 rounded-card border border-line bg-surface p-4 outline-none sm:p-6"
    >
      <h2 id={titleId} className="text-16 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
