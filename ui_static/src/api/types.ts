// The shapes of the program's HTTP answers and live messages.

export interface Setup {
  first_run: boolean;
  signup_open: boolean;
  setup_code_required: boolean;
}

export interface Account {
  id: string;
  email: string;
  name: string | null;
}

export interface SignedIn {
  user: Account;
  token: string;
  token_type: string;
  expires_in: number;
}

export interface Site {
  site_id: string;
  name: string;
  url: string;
  timezone: string;
  created_at: string;
}

export interface SiteToday {
  visitors: number;
  visits: number;
  pageviews: number;
  current_visitors: number;
}

export interface SiteWithToday extends Site {
  today: SiteToday;
}

export interface NewSite extends Site {
  site_key: string;
  snippet: string;
}

export interface Snippet {
  snippet: string;
  script_url: string;
  site_id: string;
  site_key: string;
}

export interface SiteStatus {
  first_event_at: string | null;
  last_event_at: string | null;
  events_last_hour: number;
  receiving: boolean;
}

export type Source = "organic" | "direct" | "referral" | "social" | "paid";

export interface Share {
  name: string;
  percent: number;
}

export interface Report {
  website_name: string;
  url: string;
  timezone: string;
  report_generated_at: string;
  date_range: string;
  /** Equals `visits`. */
  total_visitors: number;
  unique_visitors: number;
  visits: number;
  total_pageviews: number;
  total_pages: number;
  avg_time_spent_on_site_sec: number;
  avg_loading_time_ms: number;
  load_ms: { p50: number | null; p75: number | null; p95: number | null };
  bounce_rate_percent: number;
  conversion_rate_percent: number;
  current_visitors: number;
  unique_visitors_exact: boolean;
  new_vs_returning: {
    new_percent: number;
    returning_percent: number;
    unrecognisable_percent: number;
  };
  traffic_sources: { source: Source; visitors: number; percent: number }[];
  operating_systems: Share[];
  browsers: Share[];
}

export type MetricName =
  | "visitors"
  | "visits"
  | "pageviews"
  | "bounce_rate"
  | "avg_time"
  | "load_ms";

export interface Point {
  /** RFC 3339 with the site's offset for hours, a local date otherwise. */
  t: string;
  value: number | null;
  incomplete?: boolean;
}

export interface Timeseries {
  granularity: string;
  timezone: string;
  series: Record<MetricName, Point[]>;
}

export interface TopPage {
  path: string;
  page_title: string | null;
  pageviews: number;
  visitors: number;
  /** Seconds. */
  avg_time_spent: number | null;
  bounce_rate_percent: number | null;
  load_ms: number | null;
}

export interface TopPages {
  pages: TopPage[];
  total: number;
}

export interface LiveTicket {
  token: string;
  expires_in: number;
}

export interface LiveSummary {
  current_visitors: number;
  visitors_today: number;
  pageviews_today: number;
  visits_today: number;
  bounce_rate_percent: number;
  last_event_at: string | null;
}

export interface RecentEvent {
  ts: string;
  event_type: string;
  path: string | null;
  country: string | null;
  source: string | null;
}

export type LiveMessage =
  | { type: "hello"; data: { current_summary: LiveSummary } }
  | {
      type: "metrics_update";
      data: {
        timestamp: string;
        delta: { visitors: number; pageviews: number };
        current_summary: LiveSummary;
        recent: RecentEvent[];
      };
    };

/** RFC 9457. A pointer names the field of the request, such as `/email`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  errors?: { pointer: string; detail: string }[];
}
