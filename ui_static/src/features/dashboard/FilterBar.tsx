import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { SiteAccess } from "@/api/sitePath";
import { LongPath } from "@/components/LongPath";
import { Menu } from "@/components/Menu";
import { filterLabel } from "@/lib/dimensions";
import type { Filter } from "@/lib/filters";
import { t } from "@/lib/i18n";
import { useFilters } from "@/lib/useFilters";
import { useShortcuts } from "@/lib/useShortcuts";
import type { View } from "@/lib/view";
import { FilterEditor } from "./FilterEditor";

interface FilterBarProps {
  access: SiteAccess;
  view: View;
}

const BOX = "min-h-11 rounded-control border sm:min-h-8";

interface ChipProps extends FilterBarProps {
  filter: Filter;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}

/** One filter: press it to change it, or take it away. */
function Chip({ filter, onChange, onRemove, access, view }: ChipProps) {
  const label = filterLabel(filter);
  const others = view.filters.filter((other) => other !== filter);
  return (
    <li className={`flex max-w-full min-w-0 items-stretch border-accent bg-accent-soft ${BOX}`}>
      <Menu
        name={t("Change the filter: {{label}}", { label })}
        width="w-88"
        triggerClassName="min-w-0 rounded-s-control ps-3 pe-1 font-medium"
        trigger={
          <span title={label}>
            <LongPath path={label} />
          </span>
        }
      >
        {(close) => (
          <FilterEditor
            access={access}
            view={{ ...view, filters: others }}
            initial={filter}
            onSave={(changed) => {
              onChange(changed);
              close();
            }}
          />
        )}
      </Menu>
      <button
        type="button"
        aria-label={t("Remove the filter: {{label}}", { label })}
        onClick={onRemove}
        className="flex w-11 shrink-0 items-center justify-center rounded-e-control text-ink-2 hover:text-ink sm:w-8"
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </li>
  );
}

function AddFilter({ access, view, onAdd }: FilterBarProps & { onAdd: (filter: Filter) => void }) {
  const [open, setOpen] = useState(false);
  useShortcuts({ "/": () => setOpen(true) });
  return (
    <Menu
      name={t("New filter")}
      width="w-88"
      open={open}
      onOpenChange={setOpen}
      triggerClassName={`flex items-center gap-1.5 border-edge border-dashed px-3 text-ink-2 hover:bg-raised hover:text-ink ${BOX}`}
      trigger={
        <>
          <Plus className="size-4" aria-hidden="true" />
          {t("Filter")}
        </>
      }
    >
      {(close) => (
        <FilterEditor
          access={access}
          view={view}
          onSave={(filter) => {
            onAdd(filter);
            close();
          }}
        />
      )}
    </Menu>
  );
}

/** Which visits the page shows; all of it is in the address. */
export function FilterBar({ access, view }: FilterBarProps) {
  const { set, clear } = useFilters();
  const { filters } = view;
  const without = (filter: Filter) => filters.filter((other) => other !== filter);
  return (
    <ul
      aria-label={t("Filters")}
      className="flex min-w-0 grow basis-0 flex-wrap items-center gap-2"
    >
      {filters.map((filter) => (
        <Chip
          key={JSON.stringify(filter)}
          filter={filter}
          access={access}
          view={view}
          onChange={(next) => set(filters.map((other) => (other === filter ? next : other)))}
          onRemove={() => set(without(filter))}
        />
      ))}
      <li className="print:hidden">
        <AddFilter access={access} view={view} onAdd={(filter) => set([...filters, filter])} />
      </li>
      {filters.length > 1 && (
        <li className="print:hidden">
          <button
            type="button"
            onClick={clear}
            className="min-h-11 rounded-control px-2 text-ink-2 hover:bg-raised hover:text-ink sm:min-h-8"
          >
            {t("Clear all")}
          </button>
        </li>
      )}
    </ul>
  );
}
