import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Link, Navigate } from "react-router";
import { sitesQuery } from "@/api/getSites";
import type { Account, SiteWithToday } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
import { TextField } from "@/components/Field";
import { Problem } from "@/components/Problem";
import { t } from "@/lib/i18n";
import { useShortcuts } from "@/lib/useShortcuts";
import { SiteCard } from "./SiteCard";

const GRID = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3";
/** Of so many websites one has to look for the one that is wanted. */
const SEARCHED_FROM = 9;

const GROUPS = [
  { role: "owner", title: "Yours" },
  { role: "editor", title: "Shared with you to change and look at" },
  { role: "viewer", title: "Shared with you to look at" },
] as const;

interface GroupProps {
  title: string;
  sites: SiteWithToday[];
  /** Its title is said to those alone who cannot see that there is no other group. */
  alone: boolean;
}

function Group({ title, sites, alone }: GroupProps) {
  const id = useId();
  if (sites.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={alone ? "sr-only" : "mb-2 font-semibold text-ink-2"}>
        {title}
      </h2>
      <ul className={GRID}>
        {sites.map((site) => (
          <SiteCard key={site.site_id} site={site} />
        ))}
      </ul>
    </section>
  );
}

function Search({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => field.current?.focus() });
  return (
    <div className="mb-6 max-w-80">
      <TextField
        ref={field}
        label={t("Find a website")}
        type="search"
        placeholder={t("Name or address")}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function contains(site: SiteWithToday, text: string): boolean {
  return `${site.name} ${site.url}`.toLowerCase().includes(text.trim().toLowerCase());
}

function Found({ sites }: { sites: SiteWithToday[] }) {
  const [text, setText] = useState("");
  const found = sites.filter((site) => contains(site, text));
  return (
    <>
      {sites.length >= SEARCHED_FROM && <Search text={text} onChange={setText} />}
      <p role="status" className="sr-only">
        {text && t("{{found}} of {{count}} websites", { found: found.length, count: sites.length })}
      </p>
      {found.length === 0 ? (
        <Empty title={t("No website has that in its name or address")}>
          {t("Try a shorter part of it, or empty the field to see all {{total}}.", {
            total: sites.length,
          })}
        </Empty>
      ) : (
        <div className="space-y-8">
          {GROUPS.map(({ role, title }) => (
            <Group
              key={role}
              title={t(title)}
              sites={found.filter((site) => site.role === role)}
              alone={found.every((site) => site.role === role && role === "owner")}
            />
          ))}
        </div>
      )}
    </>
  );
}

function Cards({ mayAdd }: { mayAdd: boolean }) {
  const sites = useQuery(sitesQuery);
  if (sites.data?.length === 0) {
    if (mayAdd) return <Navigate to="/sites/new" replace />;
    return (
      <Empty title={t("No website is shared with you yet")}>
        {t(
          "Ask the owner of a website to invite you to it. It appears here as soon as you accept.",
        )}
      </Empty>
    );
  }
  if (sites.data) return <Found sites={sites.data} />;
  if (sites.isError) {
    return (
      <Problem
        title={t("Your websites could not be loaded")}
        error={sites.error}
        onRetry={() => sites.refetch()}
      />
    );
  }
  return (
    <div className={GRID} aria-busy="true">
      <div className="skeleton h-64 rounded-card" />
      <div className="skeleton h-64 rounded-card" />
    </div>
  );
}

/** All websites of the account and those shared with it. */
export function SitesGrid({ account }: { account: Account | null }) {
  const mayAdd = account?.role !== "viewer";
  return (
    <>
      <header className="mb-6 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-20 font-semibold">{t("Websites")}</h1>
        {mayAdd && (
          <Link to="/sites/new" className={buttonStyle("primary")}>
            <Plus className="size-4" aria-hidden="true" />
            {t("Add website")}
          </Link>
        )}
      </header>
      <Cards mayAdd={mayAdd} />
    </>
  );
}
