import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { CrashPage } from "./CrashPage";
import { PageSkeleton } from "./PageSkeleton";
import { RequireAccount } from "./RequireAccount";
import { Root } from "./Root";
import { SignedOutOnly } from "./SignedOutOnly";

/** A page that is fetched when it is opened; the page before it stays until it is here. */
function page<Name extends string>(
  fetched: () => Promise<Record<Name, ComponentType>>,
  name: Name,
): () => Promise<{ Component: ComponentType }> {
  return async () => ({ Component: (await fetched())[name] });
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
          { index: true, lazy: page(() => import("./LandingPage"), "LandingPage") },
          { path: "login", lazy: page(() => import("@/features/auth/LoginPage"), "LoginPage") },
          { path: "signup", lazy: page(() => import("./SignupPage"), "SignupPage") },
        ],
      },
      {
        Component: RequireAccount,
        children: [
          { path: "account", lazy: page(() => import("./AccountPage"), "AccountPage") },
          { path: "audit", lazy: page(() => import("./AuditPage"), "AuditPage") },
          { path: "people", lazy: page(() => import("./PeoplePage"), "PeoplePage") },
          {
            path: "settings/appearance",
            lazy: page(() => import("./AppearancePage"), "AppearancePage"),
          },
          { path: "settings/mail", lazy: page(() => import("./MailPage"), "MailPage") },
          { path: "settings/webhook", lazy: page(() => import("./WebhookPage"), "WebhookPage") },
          { path: "settings/network", lazy: page(() => import("./NetworkPage"), "NetworkPage") },
          {
            path: "settings/checkup",
            lazy: page(() => import("./CheckupPage"), "CheckupPage"),
          },
          { path: "settings/jobs", lazy: page(() => import("./JobsPage"), "JobsPage") },
          { path: "settings/backups", lazy: page(() => import("./BackupsPage"), "BackupsPage") },
          {
            path: "settings/retention",
            lazy: page(() => import("./RetentionPage"), "RetentionPage"),
          },
          { path: "sites", lazy: page(() => import("./SitesPage"), "SitesPage") },
          { path: "sites/new", lazy: page(() => import("./NewSitePage"), "NewSitePage") },
          { path: "sites/:siteId", lazy: page(() => import("./SiteDashboard"), "SiteDashboard") },
          {
            path: "sites/:siteId/arrived",
            lazy: page(() => import("./ArrivedPage"), "ArrivedPage"),
          },
          { path: "sites/:siteId/goals", lazy: page(() => import("./GoalsPage"), "GoalsPage") },
          { path: "sites/:siteId/import", lazy: page(() => import("./ImportPage"), "ImportPage") },
          {
            path: "sites/:siteId/snippet",
            lazy: page(() => import("./SnippetPage"), "SnippetPage"),
          },
          {
            path: "sites/:siteId/settings",
            lazy: page(() => import("./SettingsPage"), "SettingsPage"),
          },
        ],
      },
      { path: "invite/:token", lazy: page(() => import("./InvitationPage"), "InvitationPage") },
      { path: "share/:token", lazy: page(() => import("./SharePage"), "SharePage") },
      { path: "help", lazy: page(() => import("./HelpPage"), "HelpPage") },
      { path: "help/:page", lazy: page(() => import("./HelpPage"), "HelpPage") },
      { path: "*", lazy: page(() => import("./NotFoundPage"), "NotFoundPage") },
    ],
  },
];
