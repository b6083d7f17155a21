import { CircleCheck, CircleX } from "lucide-react";
import { t } from "@/lib/i18n";

/** Whether a sum adds up, with a mark and a word. */
export function Balance({ balanced, short = false }: { balanced: boolean; short?: boolean }) {
  const Icon = balanced ? CircleCheck : CircleX;
  const text = balanced ? t("Adds up") : t("Does not add up");
  return (
    <span
      className={`inline-flex items-center align-middle gap-1.5 font-medium ${balanced ? "text-live" : "text-bad"}`}
    >
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      <span className={short ? "sr-only" : ""}>{text}</span>
    </span>
  );
}
