import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "react-router";
import { openedShareQuery } from "@/api/openShare";
import type { OpenedShare } from "@/api/types";
import { Logo } from "@/components/Logo";
import { DashboardPage } from "@/features/dashboard/DashboardPage";
import { LivePanel } from "@/features/live/LivePanel";
import { LivePill } from "@/features/live/LivePill";
import { useLive } from "@/features/live/useLive";
import { ShareGate } from "@/features/shares/ShareGate";
import { t } from "@/lib/i18n";
import { SitePanels } from "./SitePanels";

function SharedDashboard({ token, opened }: { token: string; opened: OpenedShare }) {
  const client = useQueryClient();
  const { site } = opened;
  const live = useLive(site, opened.token);
  const broken = live.phase.name === "waiting";
  useEffect(() => {
    // A link that is revoked breaks the connection: it may be open no more.
    if (broken) void client.invalidateQueries({ queryKey: openedShareQuery(token).queryKey });
  }, [client, token, broken]);
  return (
    <main
      id="content"
      tabIndex={-1}
      className="mx-auto min-h-dvh w-full max-w-360 px-4 pt-4 pb-6 outline-none md:px-6 md:pt-5"
    >
      <DashboardPage
        site={site}
        viewToken={opened.token}
        livePill={<LivePill site={site} live={live} shared />}
        panels={(shown) => (
          <SitePanels {...shown} livePanel={<LivePanel site={site} live={live} shared />} />
        )}
      />
      <footer className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
        <Logo />
        {t("Numbers of {{host}}, to look at only.", { host: new URL(site.url).host })}
      </footer>
    </main>
  );
}

const SKELETON = (
  <div className="mx-auto max-w-360 px-4 pt-4 md:px-6 md:pt-5">
    <div className="skeleton mb-3 h-9 w-64" />
    <div className="skeleton h-120 rounded-card" />
  </div>
);

/** A website's dashboard for whoever has a link to it: no settings, no account, no other website. */
export function SharePage() {
  const { token = "" } = useParams();
  return (
    <ShareGate key={token} token={token} skeleton={SKELETON}>
      {(opened) => <SharedDashboard token={token} opened={opened} />}
    </ShareGate>
  );
}
