import type { Site } from "@/api/types";
import { t } from "@/lib/i18n";

interface SiteChoiceProps {
  sites: Site[];
  /** Their ids. */
  chosen: string[];
  onChoose: (chosen: string[]) => void;
  error: string | undefined;
}

/** Any number of websites. */
export function SiteChoice({ sites, chosen, onChoose, error }: SiteChoiceProps) {
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <fieldset className="space-y-1">
      <legend className="font-medium">{t("With these websites of yours")}</legend>
      {sites.map((site) => (
        <label key={site.site_id} className="flex min-h-11 items-center gap-2.5 sm:min-h-8">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            checked={chosen.includes(site.site_id)}
            onChange={() => toggle(site.site_id)}
          />
          <span className="truncate">{site.name}</span>
        </label>
      ))}
      {error && <p className="text-12 text-bad">{error}</p>}
    </fieldset>
  );
}
