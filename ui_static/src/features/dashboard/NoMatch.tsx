import { Button } from "@/components/Button";
import { Empty } from "@/components/Empty";
import { t } from "@/lib/i18n";
import { useFilters } from "@/lib/useFilters";

/** In the chart's place when the filters keep no visit of these days. */
export function NoMatch() {
  const { filters, set, clear } = useFilters();
  return (
    <Empty title={t("No visits match these filters")}>
      {filters.length > 1
        ? t("In these days no visit fits all of them. Nothing is lost: other days may have some.")
        : t("In these days no visit fits it. Nothing is lost: other days may have some.")}
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        {filters.length > 1 && (
          <Button onClick={() => set(filters.slice(0, -1))}>{t("Remove the last one")}</Button>
        )}
        <Button onClick={clear}>{t("Show all visits")}</Button>
      </div>
    </Empty>
  );
}
