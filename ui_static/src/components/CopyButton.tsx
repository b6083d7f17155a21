import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/lib/copyText";
import { t } from "@/lib/i18n";
import { Button } from "./Button";
import type { ButtonLook } from "./buttonStyle";

const SHOWN_MS = 2_000;

interface CopyButtonProps {
  text: string;
  label?: string;
  look?: ButtonLook;
}

/** Copies a text and says whether that worked. */
export function CopyButton({ text, label = t("Copy"), look = "primary" }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome("none"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copied = outcome === "copied";
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button
        look={look}
        onClick={async () => setOutcome((await copyText(text)) ? "copied" : "refused")}
      >
        {copied ? <Check className="size-4" /> : <Copy className="size-4" />}
        {copied ? t("Copied") : label}
      </Button>
      <span role="status" className="text-12 text-ink-2 empty:-ms-3">
        {copied && <span className="sr-only">{t("Copied.")}</span>}
        {outcome === "refused" &&
          t(
            "The browser does not let this page copy. Select the code and copy it with the keyboard.",
          )}
      </span>
    </span>
  );
}
