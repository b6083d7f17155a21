import { t } from "@/lib/i18n";

/** What a page shows a shared dashboard with. The browser lets those do it that the link names. */
export function embedCode(url: string, siteName: string): string {
  const title = t("Visitors of {{site}}", { site: siteName }).replace(
    /[&"<>]/g,
    (sign) => `&#${sign.charCodeAt(0)};`,
  );
  return `<iframe src="${url}" title="${title}" width="100%" height="1200" style="border: 0" loading="lazy"></iframe>`;
}
