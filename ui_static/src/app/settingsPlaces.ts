import type { Account, SiteSettings } from "@/api/types";
import { t } from "@/lib/i18n";

export interface SettingsPlace {
  to: string;
  label: string;
}

interface PlaceGroup {
  title: string;
  places: SettingsPlace[];
}

function ofSite({ site_id, name, role }: SiteSettings): PlaceGroup {
  const settings = `/sites/${site_id}/settings`;
  const places = [
    { to: `${settings}#general`, label: t("General") },
    { to: `${settings}#counting`, label: t("What counts") },
    { to: `${settings}#privacy`, label: t("Privacy") },
    { to: `/sites/${site_id}/goals`, label: t("Goals") },
    { to: `/sites/${site_id}/import`, label: t("Import") },
    { to: `${settings}#share`, label: t("Share links") },
    { to: `${settings}#key`, label: t("Key") },
  ];
  const owners = [
    { to: `${settings}#access`, label: t("Who has access") },
    { to: `${settings}#transfer`, label: t("Hand over or delete") },
  ];
  return { title: name, places: role === "owner" ? [...places, ...owners] : places };
}

const ofAccount = (isOwner: boolean): PlaceGroup => ({
  title: t("You"),
  places: [
    { to: "/account#profile", label: t("Profile and password") },
    { to: "/account#two-factor", label: t("Two-factor") },
    { to: "/account#sessions", label: t("Sessions") },
    { to: "/account#keys", label: t("API keys") },
    { to: "/settings/appearance", label: t("Appearance") },
    // Owners have the whole page, below.
    ...(isOwner ? [] : [{ to: "/settings/mail", label: t("Numbers by e-mail") }]),
  ],
});

const ofProgram = (): PlaceGroup => ({
  title: t("This Analytiq"),
  places: [
    { to: "/people", label: t("People") },
    { to: "/settings/network", label: t("Network address") },
    { to: "/settings/mail", label: t("E-mail") },
    { to: "/settings/webhook", label: t("Webhook") },
    { to: "/settings/retention", label: t("Retention") },
    { to: "/settings/backups", label: t("Backups") },
    { to: "/settings/checkup", label: t("Check-up") },
    { to: "/settings/jobs", label: t("Jobs") },
    { to: "/audit", label: t("Audit log") },
  ],
});

/** Every place where something is set that this account may set. */
export function settingsPlaces(account: Account | null, site?: SiteSettings): PlaceGroup[] {
  const isOwner = account?.role === "owner";
  return [
    ...(site && site.role !== "viewer" ? [ofSite(site)] : []),
    ofAccount(isOwner),
    ...(isOwner ? [ofProgram()] : []),
  ];
}
