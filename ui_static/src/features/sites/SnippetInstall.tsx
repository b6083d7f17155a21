import { useId, useState } from "react";
import type { Snippet } from "@/api/types";
import { CodeBlock } from "@/components/CodeBlock";
import { TabList } from "@/components/TabList";
import { INSTALL_GUIDES, type Platform } from "./installGuides";
import { tagManagerSnippet } from "./tagManagerSnippet";

function tabStyle(chosen: boolean): string {
  const look = chosen
    ? "border-accent font-medium text-ink"
    : "border-transparent text-ink-2 hover:text-ink";
  return `min-h-11 shrink-0 border-b-2 px-3 sm:min-h-9 ${look}`;
}

/** The code and, for the platform chosen, where to put it. */
export function SnippetInstall({ snippet }: { snippet: Snippet }) {
  const panelId = useId();
  const [platform, setPlatform] = useState<Platform>("wordpress");
  const guide = INSTALL_GUIDES.find(({ name }) => name === platform);
  const code = platform === "tagmanager" ? tagManagerSnippet(snippet.snippet) : snippet.snippet;
  return (
    <div>
      <TabList
        label="Where your website is made"
        items={INSTALL_GUIDES.map(({ name, label }) => ({ name, content: label }))}
        chosen={platform}
        onChoose={setPlatform}
        panelId={panelId}
        className="scroll-quiet -mx-1 mb-4 flex overflow-x-auto border-b border-line px-1"
        tabClassName={tabStyle}
      />
      <div id={panelId} role="tabpanel" aria-label={guide?.label} className="space-y-4">
        <p className="text-ink-2">{guide?.text}</p>
        <CodeBlock code={code} label="The code for your website" />
      </div>
    </div>
  );
}
