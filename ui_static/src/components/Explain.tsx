import * as Popover from "@radix-ui/react-popover";
import { useState } from "react";
import { t } from "@/lib/i18n";

interface ExplainProps {
  /** What is explained, as in "Bounce rate". */
  name: string;
  /** Its rule in one sentence. */
  rule: string;
  /** How many visits and events stand behind it, as in "From 1 702 visits." */
  behind?: string | undefined;
  /** Where the page about the numbers says more: the name of a part of it. */
  topic?: string | undefined;
}

/** The small "?" beside a figure: its rule, and what it is made from, on hover, on focus and on a tap. */
export function Explain({ name, rule, behind, topic }: ExplainProps) {
  const [open, setOpen] = useState(false);
  // Whoever clicked on it may want to reach what stands in it.
  const [stays, setStays] = useState(false);
  function change(shown: boolean) {
    setOpen(shown);
    if (!shown) setStays(false);
  }
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger
        aria-label={t("How {{name}} is counted", { name })}
        className="group touch print:hidden -m-1 inline-flex size-6 shrink-0 items-center justify-center rounded-full"
        onPointerEnter={(event) => event.pointerType === "mouse" && setOpen(true)}
        onPointerLeave={(event) => event.pointerType === "mouse" && !stays && setOpen(false)}
        onFocus={(event) => event.target.matches(":focus-visible") && setOpen(true)}
        onBlur={() => !stays && setOpen(false)}
        onClick={(event) => {
          // Hovering has opened it already; the click must not close it again.
          event.preventDefault();
          setOpen(true);
          setStays(true);
        }}
      >
        <span
          aria-hidden="true"
          className="flex size-4 items-center justify-center rounded-full border border-edge text-[10px] leading-none font-semibold text-ink-3 group-hover:border-ink-3 group-hover:text-ink"
        >
          ?
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={name}
          side="top"
          sideOffset={6}
          collisionPadding={12}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-50 max-w-72 rounded-control border border-line bg-surface px-3 py-2 text-12 text-ink-2 shadow-md"
        >
          <span className="font-semibold text-ink">{name}.</span> {rule}
          {behind && <span className="mt-1 block text-ink-3">{behind}</span>}
          <a
            href={`/help/metrics${topic ? `#${topic}` : ""}`}
            target="_blank"
            rel="noopener"
            className="mt-1 block font-medium text-accent underline underline-offset-2"
          >
            {t("All about it")}
          </a>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
