import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton";

interface ShownOnceProps {
  /** What it is, for those who cannot see that it stands apart. */
  label: string;
  text: string;
  children: ReactNode;
}

/** A secret that is never shown again, to be copied or noted down now. */
export function ShownOnce({ label, text, children }: ShownOnceProps) {
  return (
    <div role="status" className="space-y-3">
      <div>{children}</div>
      <section
        aria-label={label}
        className="rounded-control border border-line bg-raised p-3 font-mono text-14 wrap-anywhere whitespace-pre-wrap"
      >
        {text}
      </section>
      <CopyButton text={text} />
    </div>
  );
}
