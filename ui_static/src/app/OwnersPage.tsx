import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Account } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

function OwnersOnly() {
  return (
    <>
      <h2 className="text-16 font-semibold">{t("This page is the owner's")}</h2>
      <p className="mt-1 mb-4 max-w-120 text-ink-2">
        {t(
          "Only the owner of this Analytiq sees its people, its audit log and how it is set up. Ask the owner if you need something from them.",
        )}
      </p>
      <Link to="/sites" className={buttonStyle("plain")}>
        {t("See your websites")}
      </Link>
    </>
  );
}

interface OwnersPageProps {
  title: string;
  intro?: string;
  children: (owner: Account) => ReactNode;
}

/** A page of settings that only an owner may see. */
export function OwnersPage({ title, intro, children }: OwnersPageProps) {
  const account = useAccount();
  if (account?.role !== "owner") {
    return (
      <SettingsFrame title={title}>
        <OwnersOnly />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title={title} intro={intro}>
      {children(account)}
    </SettingsFrame>
  );
}
