import { type ReactNode, useId, useState } from "react";
import { Panel } from "@/components/Panel";
import { TabList } from "@/components/TabList";

export interface PanelTab {
  name: string;
  label: string;
  /** The rule of its figures. */
  rule: string;
  body: ReactNode;
}

interface TabbedPanelProps {
  title: string;
  tabs: readonly [PanelTab, ...PanelTab[]];
}

function tabStyle(chosen: boolean): string {
  const look = chosen ? "bg-raised text-ink" : "text-ink-2 hover:text-ink";
  return `min-h-11 shrink-0 rounded-control px-2.5 text-12 font-medium whitespace-nowrap -outline-offset-2! sm:min-h-7 ${look}`;
}

/** A panel with several faces, one at a time. */
export function TabbedPanel({ title, tabs }: TabbedPanelProps) {
  const [name, setName] = useState(tabs[0].name);
  const id = useId();
  const shown = tabs.find((tab) => tab.name === name) ?? tabs[0];
  const items = tabs.map((tab) => ({
    name: tab.name,
    content: tab.label,
    id: `${id}-${tab.name}`,
  }));
  return (
    <Panel
      title={title}
      rule={shown.rule}
      aside={
        tabs.length > 1 && (
          <div className="scroll-quiet overflow-x-auto">
            <TabList
              label={title}
              items={items}
              chosen={shown.name}
              onChoose={setName}
              panelId={id}
              className="flex w-max"
              tabClassName={tabStyle}
            />
          </div>
        )
      }
    >
      {tabs.length > 1 ? (
        <div
          id={id}
          role="tabpanel"
          aria-labelledby={`${id}-${shown.name}`}
          className="flex grow flex-col"
        >
          {shown.body}
        </div>
      ) : (
        shown.body
      )}
    </Panel>
  );
}
