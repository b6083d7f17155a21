import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { noticesQuery } from "@/api/getNotices";
import { ApiError } from "@/api/request";
import type { Notice } from "@/api/types";
import { NoticeBar } from "@/components/NoticeBar";
import { sinceLabel } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { dismiss, isShown, readDismissed } from "./dismissed";

interface NoticesProps {
  /** The website whose pages these are, if they are of one. */
  siteId?: string | undefined;
}

/** What the ledger or the quarantine can tell more about. */
const ABOUT_ARRIVALS = ["ledger-unbalanced", "events-set-aside", "events-lost"];

function sinceWhen({ since }: Notice): string | undefined {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return since ? t("since {{when}}", { when: sinceLabel(since, zone, new Date()) }) : undefined;
}

/** What is wrong with the program, above the page; nothing when all is well. */
export function Notices({ siteId }: NoticesProps) {
  const query = useQuery(noticesQuery);
  const { pathname } = useLocation();
  const [dismissed, setDismissed] = useState(readDismissed);
  const outage =
    query.error instanceof ApiError && query.error.status === 503 ? query.error : undefined;
  const arrived = siteId && `/sites/${siteId}/arrived`;
  const shown = query.data?.filter((notice) => isShown(notice, dismissed)) ?? [];
  if (!outage && shown.length === 0) return null;
  return (
    <section aria-label={t("Notices")} className="mb-4 space-y-2">
      {outage && (
        <NoticeBar severity="error" title={t("Something is wrong with Analytiq's data")}>
          {outage.message}
        </NoticeBar>
      )}
      {shown.map((notice) => (
        <NoticeBar
          key={`${notice.slug} ${notice.title} ${notice.since}`}
          severity={notice.severity}
          title={notice.title}
          since={sinceWhen(notice)}
          onDismiss={
            notice.severity === "warning"
              ? () => setDismissed(dismiss(dismissed, notice))
              : undefined
          }
        >
          {notice.detail}
          {arrived && arrived !== pathname && ABOUT_ARRIVALS.includes(notice.slug) && (
            <>
              {" "}
              <Link to={arrived} className="font-medium text-accent underline">
                {t("See what arrived")}
              </Link>
            </>
          )}
        </NoticeBar>
      ))}
    </section>
  );
}
