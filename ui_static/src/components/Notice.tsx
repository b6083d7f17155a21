import type { ReactNode } from "react";

const TONES = {
  warn: "border-warn bg-warn-soft",
  bad: "border-bad bg-bad-soft",
} as const;

const TITLES = { warn: "text-warn", bad: "text-bad" } as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  title: string;
  children: ReactNode;
}

export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className={`rounded-control border px-4 py-3 ${TONES[tone]}`}>
      <p className={`font-medium ${TITLES[tone]}`}>{title}</p>
      <div className="mt-1 text-ink-2">{children}</div>
    </div>
  );
}
