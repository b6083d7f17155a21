import { lazy, Suspense, useState } from "react";
import type { SiteAccess } from "@/api/sitePath";
import { Button } from "@/components/Button";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import type { Kind } from "./kinds";

const AllRows = lazy(() => import("./AllRows"));

interface AllRowsButtonProps {
  access: SiteAccess;
  view: View;
  kind: Kind;
  total: number;
}

/** The way to all values of a panel, in a table to search and to sort. */
export function AllRowsButton({ access, view, kind, total }: AllRowsButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <footer className="mt-2 flex justify-end">
      <Button
        look="quiet"
        className="text-12"
        aria-haspopup="dialog"
        aria-label={t("All {{total}} {{many}}", { total, many: t(kind.many) })}
        onClick={() => setOpen(true)}
      >
        {t("All {{total}}", { total })}
      </Button>
      {open && (
        <Suspense>
          <AllRows access={access} view={view} kind={kind} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </footer>
  );
}
