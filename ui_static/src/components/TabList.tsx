import type { KeyboardEvent, ReactNode } from "react";

export interface TabItem<Name extends string> {
  name: Name;
  content: ReactNode;
  id?: string;
  /** The id of what says more about it. */
  describedBy?: string;
  /** On hover. */
  title?: string | undefined;
}

interface TabListProps<Name extends string> {
  label: string;
  items: readonly TabItem<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
  /** The id of the panel that the chosen tab shows. */
  panelId: string;
  className: string;
  tabClassName: (chosen: boolean) => string;
}

const MOVES: Record<string, (index: number, last: number) => number> = {
  ArrowRight: (index, last) => (index === last ? 0 : index + 1),
  ArrowLeft: (index, last) => (index === 0 ? last : index - 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** Tabs with one stop for the Tab key and arrows between them. */
export function TabList<Name extends string>(props: TabListProps<Name>) {
  const { items, chosen, onChoose } = props;
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const index = items.findIndex((item) => item.name === chosen);
    const next = move(index, items.length - 1);
    const item = items[next];
    if (!item) return;
    onChoose(item.name);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }
  return (
    <div role="tablist" aria-label={props.label} className={props.className} onKeyDown={onKeyDown}>
      {items.map((item) => (
        <button
          key={item.name}
          id={item.id}
          title={item.title}
          type="button"
          role="tab"
          aria-selected={item.name === chosen}
          aria-controls={props.panelId}
          aria-describedby={item.describedBy}
          tabIndex={item.name === chosen ? 0 : -1}
          className={props.tabClassName(item.name === chosen)}
          onClick={() => onChoose(item.name)}
        >
          {item.content}
        </button>
      ))}
    </div>
  );
}
