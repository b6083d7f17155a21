import { OctagonAlert, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "@/lib/i18n";

const LOOKS = {
  error: { Icon: OctagonAlert, box: "border-bad/50 bg-bad-soft", ink: "text-bad", word: "Problem" },
  warning: {
    Icon: TriangleAlert,
    box: "border-warn/50 bg-warn-soft",
    ink: "text-warn",
    word: "Note",
  },
} as const;

interface NoticeBarProps {
  severity: keyof typeof LOOKS;
  title: string;
  /** "since 14:02". */
  since?: string | undefined;
  onDismiss?: (() => void) | undefined;
  /** What happened, what it means for the data, and what to do. */
  children: ReactNode;
}

/** As wide as the page it stands on, above everything else. */
export function NoticeBar({ severity, title, since, onDismiss, children }: NoticeBarProps) {
  const { Icon, box, ink, word } = LOOKS[severity];
  return (
    <div
      role={severity === "error" ? "alert" : "status"}
      className={`grid grid-cols-[auto_1fr_auto] gap-x-2.5 gap-y-1 rounded-card border px-4 py-3 ${box}`}
    >
      <Icon className={`size-5 ${ink}`} aria-hidden="true" />
      <p>
        <span className={`font-semibold ${ink}`}>
          <span className="sr-only">{t(word)}: </span>
          {title}
        </span>
        {since && <span className="text-12 whitespace-nowrap text-ink-2">{` · ${since}`}</span>}
      </p>
      {onDismiss && (
        <button
          type="button"
          aria-label={t("Hide: {{title}}", { title })}
          onClick={onDismiss}
          className="touch -my-1.5 -me-2 flex size-8 items-center justify-center rounded-control text-ink-2 hover:bg-raised hover:text-ink"
        >
          <X className="size-4" aria-hidden="true" />
        </button>
      )}
      {/* On a phone as wide as the bar, else below the title. */}
      <div className="col-span-full max-w-200 text-pretty wrap-anywhere text-ink-2 sm:col-start-2">
        {children}
      </div>
    </div>
  );
}
