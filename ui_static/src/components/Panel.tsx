import { type ReactNode, useId } from "react";
import { Explain } from "./Explain";

interface PanelProps {
  title: string;
  /** The rule of its figures in one sentence. */
  rule: string;
  /** Beside the title, at the right edge. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled card of the dashboard. */
export function Panel({ title, rule, aside, className = "", children }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`flex min-w-0 flex-col rounded-card border border-line bg-surface p-4 ${className}`}
    >
      <header className="mb-3 flex min-h-5 flex-wrap items-center gap-x-2 gap-y-1">
        <div className="flex grow items-center gap-x-2">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          <Explain name={title} rule={rule} />
        </div>
        {aside && <div className="min-w-0 max-w-full text-12 text-ink-3">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
