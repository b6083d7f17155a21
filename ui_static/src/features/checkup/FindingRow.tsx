import { Check, Info, TriangleAlert } from "lucide-react";
import type { Finding } from "@/api/types";
import { type Text, t } from "@/lib/i18n";

const LOOKS: Record<Finding["verdict"], { icon: typeof Check; tone: string; word: Text }> = {
  good: { icon: Check, tone: "text-live", word: "Good" },
  look: { icon: Info, tone: "text-warn", word: "Worth a look" },
  bad: { icon: TriangleAlert, tone: "text-bad", word: "Bad" },
};

/** In the program's own words, which are English. */
export function FindingRow({ finding }: { finding: Finding }) {
  const { icon: Icon, tone, word } = LOOKS[finding.verdict];
  return (
    <li className="flex gap-3 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden="true" />
      <div className="min-w-0" lang="en" dir="ltr">
        <p className="font-medium">
          {finding.title}
          <span className={`ms-2 text-12 ${finding.verdict === "good" ? "sr-only" : tone}`}>
            {t(word)}
          </span>
        </p>
        <p className="break-words text-ink-2">{finding.detail}</p>
        {finding.todo && <p className="break-words">{finding.todo}</p>}
      </div>
    </li>
  );
}
