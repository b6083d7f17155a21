import type { RouteObject } from "react-router";
import { LoginPage } from "@/features/auth/LoginPage";
import { AccountPage } from "./AccountPage";
import { AppearancePage } from "./AppearancePage";
import { ArrivedPage } from "./ArrivedPage";
import { AuditPage } from "./AuditPage";
import { CrashPage } from "./CrashPage";
import { GoalsPage } from "./GoalsPage";
import { InvitationPage } from "./InvitationPage";
import { LandingPage } from "./LandingPage";
import { NetworkPage } from "./NetworkPage";
import { NewSitePage } from "./NewSitePage";
import { NotFoundPage } from "./NotFoundPage";
import { PageSkeleton } from "./PageSkeleton";
import { PeoplePage } from "./PeoplePage";
import { RequireAccount } from "./RequireAccount";
import { RetentionPage } from "./RetentionPage";
import { Root } from "./Root";
import { SettingsPage } from "./SettingsPage";
import { SignedOutOnly } from "./SignedOutOnly";
import { SignupPage } from "./SignupPage";
import { SitesPage } from "./SitesPage";
import { SnippetPage } from "./SnippetPage";

// The charts are most of the code: they come when a dashboard is opened.
async function loadDashboard() {
  const { SiteDashboard } = await import("./SiteDashboard");
  return { Component: SiteDashboard };
}

async function loadShare() {
  const { SharePage } = await import("./SharePage");
  return { Component: SharePage };
}

export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: CrashPage,
    HydrateFallback: PageSkeleton,
    children: [
      {
        Component: SignedOutOnly,
        children: [
          { index: true, Component: LandingPage },
          { path: "login", Component: LoginPage },
          { path: "signup", Component: SignupPage },
        ],
      },
      {
        Component: RequireAccount,
        children: [
          { path: "account", Component: AccountPage },
          { path: "audit", Component: AuditPage },
          { path: "people", Component: PeoplePage },
          { path: "settings/appearance", Component: AppearancePage },
          { path: "settings/network", Component: NetworkPage },
          { path: "settings/retention", Component: RetentionPage },
          { path: "sites", Component: SitesPage },
          { path: "sites/new", Component: NewSitePage },
          { path: "sites/:siteId", lazy: loadDashboard },
          { path: "sites/:siteId/arrived", Component: ArrivedPage },
          { path: "sites/:siteId/goals", Component: GoalsPage },
          { path: "sites/:siteId/snippet", Component: SnippetPage },
          { path: "sites/:siteId/settings", Component: SettingsPage },
        ],
      },
      { path: "invite/:token", Component: InvitationPage },
      { path: "share/:token", lazy: loadShare },
      { path: "*", Component: NotFoundPage },
    ],
  },
];
