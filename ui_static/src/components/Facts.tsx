import type { ReactNode } from "react";

interface FactsProps {
  items: readonly { name: string; value: ReactNode }[];
}

/** Things that are as they are, each with its name. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className="grid gap-4 sm:grid-cols-2">
      {items.map(({ name, value }) => (
        <div key={name} className="min-w-0">
          <dt className="text-12 text-ink-3">{name}</dt>
          <dd className="mt-0.5 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
