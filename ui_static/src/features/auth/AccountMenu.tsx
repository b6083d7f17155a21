import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { Link } from "react-router";
import { logout } from "@/api/logout";
import { endSession } from "@/api/session";
import type { Account } from "@/api/types";
import { Button } from "@/components/Button";
import { buttonStyle } from "@/components/buttonStyle";
import { ThemeChoice } from "@/components/ThemeChoice";
import { t } from "@/lib/i18n";

/** Who is signed in, the colours, and the way out. */
export function AccountMenu({ account }: { account: Account }) {
  const client = useQueryClient();
  const leaving = useMutation({
    mutationFn: logout,
    onSuccess: () => endSession(client),
  });
  return (
    <div className="space-y-3 p-2">
      <div className="min-w-0">
        {account.name && <p className="truncate font-medium">{account.name}</p>}
        <p className="truncate text-ink-2">{account.email}</p>
      </div>
      <Link to="/account" className={buttonStyle("plain", "w-full")}>
        {t("Settings")}
      </Link>
      {account.role === "owner" && (
        <div className="grid grid-cols-2 gap-2">
          <Link to="/people" className={buttonStyle("plain")}>
            {t("People")}
          </Link>
          <Link to="/audit" className={buttonStyle("plain")}>
            {t("Audit log")}
          </Link>
        </div>
      )}
      <ThemeChoice />
      <Button
        look="plain"
        className="w-full"
        disabled={leaving.isPending}
        onClick={() => leaving.mutate()}
      >
        <LogOut className="size-4" aria-hidden="true" />
        {t("Sign out")}
      </Button>
      {leaving.error && (
        <p role="alert" className="text-12 text-bad">
          {t("You are still signed in. {{message}}", { message: leaving.error.message })}
        </p>
      )}
    </div>
  );
}
