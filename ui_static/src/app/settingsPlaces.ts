import type { Account, SiteSettings } from "@/api/types";

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
    { to: `${settings}#general`, label: "General" },
    { to: `${settings}#counting`, label: "What counts" },
    { to: `${settings}#privacy`, label: "Privacy" },
    { to: `/sites/${site_id}/goals`, label: "Goals" },
    { to: `${settings}#share`, label: "Share links" },
    { to: `${settings}#key`, label: "Key" },
  ];
  const owners = [
    { to: `${settings}#access`, label: "Who has access" },
    { to: `${settings}#transfer`, label: "Hand over or delete" },
  ];
  return { title: name, places: role === "owner" ? [...places, ...owners] : places };
}

const OF_ACCOUNT: PlaceGroup = {
  title: "You",
  places: [
    { to: "/account#profile", label: "Profile and password" },
    { to: "/account#two-factor", label: "Two-factor" },
    { to: "/account#sessions", label: "Sessions" },
    { to: "/account#keys", label: "API keys" },
    { to: "/settings/appearance", label: "Appearance" },
  ],
};

const OF_PROGRAM: PlaceGroup = {
  title: "This Analytiq",
  places: [
    { to: "/people", label: "People" },
    { to: "/settings/network", label: "Network address" },
    { to: "/settings/retention", label: "Retention" },
    { to: "/settings/backups", label: "Backups" },
    { to: "/audit", label: "Audit log" },
  ],
};

/** Every place where something is set that this account may set. */
export function settingsPlaces(account: Account | null, site?: SiteSettings): PlaceGroup[] {
  return [
    ...(site && site.role !== "viewer" ? [ofSite(site)] : []),
    OF_ACCOUNT,
    ...(account?.role === "owner" ? [OF_PROGRAM] : []),
  ];
}
