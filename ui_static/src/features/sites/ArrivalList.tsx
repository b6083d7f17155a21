import { CircleCheck, CircleDashed } from "lucide-react";
import { t } from "@/lib/i18n";
import type { Checks } from "./arrival";

const STEPS = [
  { name: "script", label: "Script loaded" },
  { name: "received", label: "Event received" },
  { name: "counted", label: "Counted" },
] as const;

/** How far an event has come, step by step. */
export function ArrivalList({ done }: { done: Checks }) {
  return (
    <ol className="flex flex-wrap gap-x-6 gap-y-2">
      {STEPS.map(({ name, label }) => {
        const Icon = done[name] ? CircleCheck : CircleDashed;
        return (
          <li
            key={name}
            className={`flex items-center gap-1.5 ${done[name] ? "font-medium text-live" : "text-ink-2"}`}
          >
            <Icon className="size-4 shrink-0" aria-hidden="true" />
            {t(label)}
            <span className="sr-only">{done[name] ? t(": yes") : t(": not yet")}</span>
          </li>
        );
      })}
    </ol>
  );
}
