// The program's HTTP answers and live messages, by the names used here. schema.d.ts is generated from the contract.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Setup = Schemas["Setup"];
export type Account = Schemas["User"];
export type SignedIn = Schemas["SignedIn"];
export type Session = Schemas["SessionAnswer"];
export type TwoFactorState = Schemas["TwoFactorState"];
export type Enrolment = Schemas["Enrolment"];
export type RecoveryCodes = Schemas["RecoveryCodes"];
export type ApiKey = Schemas["KeyAnswer"];
export type NewApiKey = Schemas["NewApiKey"];
/** What every answer about a website has. */
export type Site = Schemas["SharedSite"];
export type SiteSettings = Schemas["SiteSettings"];
export type SiteToday = Schemas["Today"];
export type SiteWithToday = Schemas["SiteCard"];
export type NewSite = Schemas["NewSite"];
export type NewKey = Schemas["NewKey"];
export type Snippet = Schemas["Snippet"];
export type SiteStatus = Schemas["SiteStatus"];
export type Network = Schemas["Network"];
export type ProgramSettings = Schemas["ProgramSettings"];
export type Goal = Schemas["GoalAnswer"];
export type NewGoal = Schemas["GoalForm"];
export type GoalPreview = Schemas["GoalPreview"];
export type Share = Schemas["Share"];
export type ShareLink = Schemas["ShareAnswer"];
export type NewShareLink = Schemas["ShareForm"];
export type OpenedShare = Schemas["OpenedShare"];
export type Report = Schemas["SiteReport"];
export type Comparison = NonNullable<Report["comparison"]>;
export type Source = Schemas["SourceShare"]["source"];
export type MetricName = Schemas["OneSeries"]["metric"];
export type Point = Schemas["Point"];
export type TopPage = Schemas["TopPage"];
export type TopPages = Schemas["TopPages"];
export type SiteVitals = Schemas["SiteVitals"];
export type PageVitals = Schemas["PageVitals"];
export type Vital = Schemas["Vital"];
export type Breakdown = Schemas["Breakdown"];
export type BreakdownRow = Schemas["BreakdownRow"];
export type Role = Schemas["User"]["role"];
export type Person = Schemas["Person"];
export type Guest = Schemas["Guest"];
export type Invitation = Schemas["InvitationAnswer"];
export type NewInvitation = Schemas["NewInvitation"];
export type OpenedInvitation = Schemas["OpenedInvitation"];
export type AuditEntry = Schemas["AuditEntry"];
export type AuditPage = Schemas["AuditPage"];
export type Backup = Schemas["BackupAnswer"];
export type BackupList = Schemas["BackupList"];
export type DownloadLink = Schemas["DownloadLink"];
export type CompactionState = Schemas["CompactionState"];
export type Compacted = Schemas["Compacted"];
export type Finding = Schemas["Finding"];
export type Diagnosis = Schemas["Diagnosis"];
export type Job = Schemas["JobState"];
export type JobList = Schemas["JobList"];
export type Notice = Schemas["Notice"];
export type Ledger = Schemas["LedgerReport"];
export type LedgerSums = Schemas["Sums"];
export type LedgerDay = Schemas["LedgerDay"];
export type Quarantine = Schemas["QuarantineReport"];
export type LiveTicket = Schemas["LiveTicket"];
export type LiveSummary = Schemas["Summary"];
export type RecentEvent = Schemas["RecentEvent"];
export type LiveMessage = Schemas["HelloMessage"] | Schemas["UpdateMessage"];
/** RFC 9457, without its instance where the dashboard itself met the problem. */
export type Problem = Omit<Schemas["ProblemDocument"], "instance"> & { instance?: string };

/** The document cannot say that the keys of a map are the metrics that were asked for. */
export type Timeseries = Omit<Schemas["Series"], "series"> & {
  series: Record<MetricName, Point[]>;
};
export type Upload = Schemas["Upload"];
export type ImportList = Schemas["Imported"];
export type Import = Schemas["Import"];
export type ImportPreview = Schemas["Preview"];
export type MailForm = Schemas["MailForm"];
export type MailState = Schemas["MailState"];
export type TestMail = Schemas["TestMail"];
export type WebhookForm = Schemas["WebhookForm"];
export type WebhookState = Schemas["WebhookState"];
export type SavedWebhook = Schemas["SavedWebhook"];
export type TestPost = Schemas["TestPost"];
export type Delivery = Schemas["Delivery"];
