import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { CenteredPage } from "@/components/CenteredPage";
import { Notices } from "@/features/notices/Notices";
import { t } from "@/lib/i18n";

const STEPS = ["Your account", "Your website", "Put in the snippet"] as const;

interface FirstRunStepsProps {
  /** The step at hand, 1 to 3. */
  step: 1 | 2 | 3;
  /** The step at hand is done as well: there is no other after it. */
  arrived?: boolean;
  children: ReactNode;
}

function Mark({ number, done, current }: { number: number; done: boolean; current: boolean }) {
  const look = done
    ? "border-live bg-live-soft text-live"
    : current
      ? "border-accent bg-accent text-on-accent"
      : "border-edge text-ink-3";
  return (
    <span
      aria-hidden="true"
      className={`flex size-7 shrink-0 items-center justify-center rounded-full border text-12 font-semibold ${look}`}
    >
      {done ? <Check className="size-4" /> : number}
    </span>
  );
}

/** The three steps from nothing to the first visitor, with the one at hand opened. */
export function FirstRunSteps({ step, arrived = false, children }: FirstRunStepsProps) {
  return (
    <CenteredPage title={t("Welcome")} width="max-w-152">
      {step > 1 && <Notices />}
      <h1 className="text-28 font-semibold tracking-tight">{t("Welcome")}</h1>
      <p className="mt-1 mb-6 text-16 text-ink-2">
        {t("Three steps, and your website is being counted.")}
      </p>
      <ol className="space-y-3">
        {STEPS.map((title, index) => {
          const number = index + 1;
          const current = number === step;
          const done = number < step || (current && arrived);
          return (
            <li
              key={title}
              aria-current={current ? "step" : undefined}
              className={`rounded-card border border-line p-4 sm:px-6 ${current ? "bg-surface sm:py-6" : ""}`}
            >
              <h2
                className={`flex items-center gap-3 text-16 font-semibold ${current || done ? "" : "text-ink-3"}`}
              >
                <Mark number={number} done={done} current={current} />
                {t(title)}
                {done && <span className="ms-auto text-12 font-medium text-live">{t("Done")}</span>}
              </h2>
              {current && <div className="mt-4 sm:ms-10">{children}</div>}
            </li>
          );
        })}
      </ol>
    </CenteredPage>
  );
}
