import { type FormEvent, useState } from "react";
import type { SiteAccess } from "@/api/sitePath";
import { Button } from "@/components/Button";
import { SelectField } from "@/components/Field";
import { DIMENSION_GROUPS, DIMENSION_LABELS } from "@/lib/dimensions";
import { type Dimension, type Filter, OPERATORS, type Operator } from "@/lib/filters";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import { FilterValues } from "./FilterValues";

interface FilterEditorProps {
  access: SiteAccess;
  /** Without the filter that is changed: of these visits the values are suggested. */
  view: View;
  initial?: Filter;
  onSave: (filter: Filter) => void;
}

const NEW: Filter = { dimension: "page", operator: "is", values: [] };

/** What is looked at, how it is compared, and with which values. */
export function FilterEditor({ access, view, initial = NEW, onSave }: FilterEditorProps) {
  const [filter, setFilter] = useState(initial);
  const [typed, setTyped] = useState("");
  const [incomplete, setIncomplete] = useState(false);
  const values = [...new Set([...filter.values, typed.trim()])].filter((value) => value !== "");
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    // A menu's form stands in the page's tree of components, whatever the page's own forms are.
    event.stopPropagation();
    if (values.length === 0) setIncomplete(true);
    else onSave({ ...filter, values });
  }
  function chooseDimension(dimension: Dimension) {
    setFilter({ ...filter, dimension, values: [] });
    setTyped("");
  }
  return (
    <form noValidate onSubmit={onSubmit} className="space-y-3 sm:p-2">
      <div className="grid grid-cols-2 gap-2">
        <SelectField
          label={t("What")}
          value={filter.dimension}
          onChange={(event) => chooseDimension(event.target.value as Dimension)}
        >
          {DIMENSION_GROUPS.map((group) => (
            <optgroup key={group.label} label={t(group.label)}>
              {group.dimensions.map((dimension) => (
                <option key={dimension} value={dimension}>
                  {t(DIMENSION_LABELS[dimension])}
                </option>
              ))}
            </optgroup>
          ))}
        </SelectField>
        <SelectField
          label={t("How")}
          value={filter.operator}
          onChange={(event) => setFilter({ ...filter, operator: event.target.value as Operator })}
        >
          {OPERATORS.map((operator) => (
            <option key={operator} value={operator}>
              {t(operator)}
            </option>
          ))}
        </SelectField>
      </div>
      <FilterValues
        access={access}
        view={view}
        filter={filter}
        typed={typed}
        onType={setTyped}
        onChange={(chosen) => setFilter({ ...filter, values: chosen })}
        mistake={
          incomplete && values.length === 0 ? t("Choose or type at least one value.") : undefined
        }
      />
      <Button look="primary" type="submit" className="w-full">
        {initial === NEW ? t("Add the filter") : t("Change the filter")}
      </Button>
    </form>
  );
}
