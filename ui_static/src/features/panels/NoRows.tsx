import type { ReactNode } from "react";
import { Button } from "@/components/Button";
import { Empty } from "@/components/Empty";
import type { HelpPlace } from "@/lib/helpPlaces";
import { type Text, t } from "@/lib/i18n";
import { useFilters } from "@/lib/useFilters";

interface NoRowsProps {
  /** What is not there, as in "visits". */
  many: Text;
  help?: HelpPlace | undefined;
  children: ReactNode;
}

/** In the place of rows that are not there: the filters leave none, or there never were any. */
export function NoRows({ many: what, help, children }: NoRowsProps) {
  const many = t(what);
  const { filters, clear } = useFilters();
  if (filters.length === 0) {
    return (
      <Empty title={t("No {{many}} in these days", { many })} help={help}>
        {children}
      </Empty>
    );
  }
  return (
    <Empty title={t("No {{many}} match these filters", { many })}>
      <p className="mb-3">{t("No visit that the filters above keep has any in these days.")}</p>
      <Button onClick={clear}>{t("Show all visits")}</Button>
    </Empty>
  );
}
