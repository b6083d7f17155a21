import { useQuery } from "@tanstack/react-query";
import { breakdownQuery } from "@/api/getBreakdown";
import type { SiteAccess } from "@/api/sitePath";
import { TextField } from "@/components/Field";
import { isCoded, valueLabel } from "@/lib/dimensions";
import type { Filter } from "@/lib/filters";
import { formatCompact } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useSettled } from "@/lib/useSettled";
import type { View } from "@/lib/view";

const SUGGESTED = 100;
const TYPING_MS = 250;

interface FilterValuesProps {
  access: SiteAccess;
  view: View;
  filter: Filter;
  typed: string;
  onType: (text: string) => void;
  onChange: (values: string[]) => void;
  mistake: string | undefined;
}

interface Option {
  value: string;
  label: string;
  visitors?: number;
}

/** The most frequent values with what is typed in them; for a part of a value there is nothing to suggest. */
function useSuggestions({ access, view, filter, typed }: FilterValuesProps) {
  const { dimension } = filter;
  const settled = useSettled(typed.trim(), TYPING_MS);
  // The program knows DE, not Germany: what has names is few, and found among all of them.
  const rows = { dimension, limit: SUGGESTED, search: isCoded(dimension) ? "" : settled };
  const whole = !filter.operator.includes("contain");
  const query = useQuery({ ...breakdownQuery(access, view, rows), enabled: whole });
  const found: Option[] = (whole && query.data ? query.data.rows : []).map((row) => ({
    value: row.value,
    label: valueLabel(dimension, row.value),
    visitors: row.visitors,
  }));
  const known = new Set(found.map(({ value }) => value));
  const chosen = filter.values
    .filter((value) => !known.has(value))
    .map((value) => ({ value, label: value }));
  return { options: [...chosen, ...found], waiting: whole && query.isPending, error: query.error };
}

function OptionRow({
  option,
  checked,
  onToggle,
}: {
  option: Option;
  checked: boolean;
  onToggle: () => void;
}) {
  return (
    <li>
      <label className="flex min-h-11 items-center gap-2.5 rounded-control px-2 hover:bg-raised has-focus-visible:outline-2 has-focus-visible:outline-accent sm:min-h-8">
        <input type="checkbox" className="accent-accent" checked={checked} onChange={onToggle} />
        <span className="min-w-0 grow truncate" title={option.label}>
          {option.label}
        </span>
        {option.visitors !== undefined && (
          <span className="shrink-0 text-12 text-ink-3">
            {formatCompact(option.visitors)}
            <span className="sr-only"> {t("visitors")}</span>
          </span>
        )}
      </label>
    </li>
  );
}

/** Values to type, and those there are to choose from. */
export function FilterValues(props: FilterValuesProps) {
  const { filter, typed, onType, onChange, mistake } = props;
  const { options, waiting, error } = useSuggestions(props);
  const wanted = typed.trim().toLowerCase();
  const shown = options.filter(
    ({ value, label }) =>
      filter.values.includes(value) || `${label} ${value}`.toLowerCase().includes(wanted),
  );
  function toggle(value: string) {
    onChange(
      filter.values.includes(value)
        ? filter.values.filter((other) => other !== value)
        : [...filter.values, value],
    );
  }
  return (
    <>
      <TextField
        label={t("Value")}
        autoComplete="off"
        spellCheck={false}
        placeholder={filter.dimension === "property" ? "plan=pro" : t("Type, or choose below")}
        value={typed}
        error={mistake}
        onChange={(event) => onType(event.target.value)}
      />
      <ul aria-label={t("Suggestions")} aria-busy={waiting} className="-mx-2 h-52 overflow-y-auto">
        {shown.map((option) => (
          <OptionRow
            key={option.value}
            option={option}
            checked={filter.values.includes(option.value)}
            onToggle={() => toggle(option.value)}
          />
        ))}
        {shown.length === 0 && !waiting && (
          <li className="px-2 py-2 text-12 text-ink-3">
            {error
              ? t("No suggestions: {{message}}", { message: error.message })
              : t("Nothing to choose from: type the value.")}
          </li>
        )}
      </ul>
    </>
  );
}
