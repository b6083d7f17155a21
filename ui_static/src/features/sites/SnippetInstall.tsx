import { useId, useState } from "react";
import type { Snippet } from "@/api/types";
import { CodeBlock } from "@/components/CodeBlock";
import { SelectField } from "@/components/Field";
import { Rich } from "@/components/Rich";
import { TabList } from "@/components/TabList";
import { t } from "@/lib/i18n";
import { INSTALL_GUIDES, type Platform } from "./installGuides";
import { SNIPPET_VARIANTS, type VariantName } from "./snippetVariants";
import { tagManagerSnippet } from "./tagManagerSnippet";

function tabStyle(chosen: boolean): string {
  const look = chosen
    ? "border-accent font-medium text-ink"
    : "border-transparent text-ink-2 hover:text-ink";
  return `min-h-11 shrink-0 border-b-2 px-3 sm:min-h-9 ${look}`;
}

const PARTS = { head: <code className="rounded bg-raised px-1">{"</head>"}</code> };

/** The code in the variant chosen and, for the platform chosen, where to put it. */
export function SnippetInstall({ snippet }: { snippet: Snippet }) {
  const panelId = useId();
  const [platform, setPlatform] = useState<Platform>("wordpress");
  const [variant, setVariant] = useState<VariantName>("plain");
  const html = snippet.variants[variant];
  const guide = INSTALL_GUIDES.find(({ name }) => name === platform);
  const chosen = SNIPPET_VARIANTS.find(({ name }) => name === variant);
  const code = platform === "tagmanager" ? tagManagerSnippet(html) : html;
  return (
    <div>
      <TabList
        label={t("Where your website is made")}
        items={INSTALL_GUIDES.map(({ name, label }) => ({ name, content: label }))}
        chosen={platform}
        onChoose={setPlatform}
        panelId={panelId}
        className="scroll-quiet -mx-1 mb-4 flex overflow-x-auto border-b border-line px-1"
        tabClassName={tabStyle}
      />
      <div id={panelId} role="tabpanel" aria-label={guide?.label} className="space-y-4">
        <p className="text-ink-2">{guide && <Rich text={guide.text} parts={PARTS} />}</p>
        <SelectField
          label={t("How it counts")}
          hint={chosen && t(chosen.text)}
          value={variant}
          onChange={(event) => setVariant(event.target.value as VariantName)}
        >
          {SNIPPET_VARIANTS.map(({ name, label }) => (
            <option key={name} value={name}>
              {t(label)}
            </option>
          ))}
        </SelectField>
        <CodeBlock code={code} label={t("The code for your website")} />
      </div>
    </div>
  );
}
