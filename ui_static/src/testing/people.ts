import type {
  Account,
  ApiKey,
  CompactionState,
  Ledger,
  LiveSummary,
  Network,
  Person,
  Point,
  Quarantine,
  Report,
  Session,
  SiteSettings,
  SiteStatus,
  SiteVitals,
  SiteWithToday,
  Snippet,
  Timeseries,
  TopPages,
} from "@/api/types";

export const alice: Account = {
  id: "u_alice",
  email: "alice@shoes.example",
  name: "Alice",
  role: "owner",
};

export const thisBrowser: Session = {
  id: "a1",
  current: true,
  created_at: "2025-09-17T08:00:00Z",
  last_seen_at: "2025-09-17T12:30:00Z",
  browser: "Firefox",
  os: "Linux",
  place: "this machine",
};

export const phone: Session = {
  id: "b2",
  current: false,
  created_at: "2025-09-10T08:00:00Z",
  last_seen_at: "2025-09-16T21:05:00Z",
  browser: "Safari",
  os: "iOS",
  place: "network",
};

export const nightly: ApiKey = {
  id: "k1",
  name: "Nightly report",
  scope: "read",
  site_id: null,
  created_at: "2025-09-01T08:00:00Z",
  last_used_at: null,
};

/** Alice and Bob, who has a website of his own and looks at hers. */
export const people: Person[] = [
  {
    account_id: alice.id,
    email: alice.email,
    name: "Alice",
    role: "owner",
    created_at: "2025-01-01T00:00:00Z",
    sites_owned: 1,
    shared: [],
  },
  {
    account_id: "u_bob",
    email: "bob@bakery.example",
    name: "",
    role: "editor",
    created_at: "2025-02-01T00:00:00Z",
    sites_owned: 1,
    shared: [{ site_id: "site_shoes", name: "Shoe shop", role: "viewer" }],
  },
];

export const shop: SiteSettings = {
  site_id: "site_shoes",
  name: "Shoe shop",
  url: "https://shoes.example",
  timezone: "UTC",
  created_at: "2025-01-01T00:00:00Z",
  role: "owner",
  allowed_parameters: ["ref"],
  allowed_hosts: [],
  excluded_hosts: ["localhost"],
  facts_since: null,
};

export const shopToday: SiteWithToday = {
  ...shop,
  today: { visitors: 12, visits: 15, pageviews: 40, current_visitors: 3 },
  recent: { last_24_hours: [...Array(20).fill(0), 2, 5, 4, 1], yesterday_by_now: 10 },
};

export const status: SiteStatus = {
  first_event_at: "2025-09-01T10:00:00Z",
  last_event_at: "2025-09-17T12:00:00Z",
  events_last_hour: 9,
  receiving: true,
  now: "2025-09-17T12:30:00Z",
  contact: { script_at: null, stored_at: "2025-09-17T12:00:00Z", refusals: [] },
};

/** Of a website that nothing has arrived from. */
export const silence: SiteStatus = {
  ...status,
  first_event_at: null,
  last_event_at: null,
  events_last_hour: 0,
  receiving: false,
  contact: { script_at: null, stored_at: null, refusals: [] },
};

export const snippet: Snippet = {
  snippet: '<script src="https://stats.example/analytics.js" data-site-id="site_shoes"></script>',
  script_url: "https://stats.example/analytics.js",
  site_id: shop.site_id,
  site_key: "pk_live_1",
  variants: {
    plain: '<script src="https://stats.example/analytics.js" data-site-id="site_shoes"></script>',
    cookieless: '<script src="https://stats.example/analytics.js" data-mode="cookieless"></script>',
    consent: "",
    pinned: "",
    noscript: "",
  },
};

export const summary: LiveSummary = {
  current_visitors: 4,
  visitors_today: 13,
  pageviews_today: 42,
  visits_today: 16,
  bounce_rate_percent: 50,
  last_event_at: "2025-09-17T12:00:00Z",
};

export const report: Report = {
  website_name: shop.name,
  url: shop.url,
  timezone: shop.timezone,
  report_generated_at: "2025-09-17T12:30:00Z",
  date_range: "2025-09-11 to 2025-09-17",
  total_visitors: 1702,
  unique_visitors: 1284,
  visits: 1702,
  total_pageviews: 51_184,
  total_pages: 42,
  avg_time_spent_on_site_sec: 186,
  avg_loading_time_ms: 1720,
  load_ms: { p50: 1400, p75: 2000, p95: 4100 },
  bounce_rate_percent: 38.4,
  conversion_rate_percent: 0,
  current_visitors: 3,
  unique_visitors_exact: true,
  new_vs_returning: { new_percent: 72.5, returning_percent: 27.5, unrecognisable_percent: 0 },
  traffic_sources: [
    { source: "organic", visitors: 1021, percent: 60 },
    { source: "direct", visitors: 681, percent: 40 },
  ],
  operating_systems: [{ name: "Windows", percent: 100 }],
  browsers: [{ name: "Firefox", percent: 100 }],
  goals: [],
  pages: [],
  comparison: null,
  imported: null,
};

/** What the program answers for days on which nothing happened. */
export const emptyReport: Report = {
  ...report,
  total_visitors: 0,
  unique_visitors: 0,
  visits: 0,
  total_pageviews: 0,
  total_pages: 0,
  avg_time_spent_on_site_sec: 0,
  avg_loading_time_ms: 0,
  load_ms: { p50: 0, p75: 0, p95: 0 },
  bounce_rate_percent: 0,
  new_vs_returning: { new_percent: 0, returning_percent: 0, unrecognisable_percent: 0 },
  traffic_sources: [],
  operating_systems: [],
  browsers: [],
};

/** Daily points of every metric; the last one is not over. */
export function timeseries(values: number[]): Timeseries {
  const points: Point[] = values.map((value, index) => ({
    t: `2025-09-${String(11 + index).padStart(2, "0")}`,
    value,
    incomplete: index === values.length - 1,
  }));
  return {
    granularity: "day",
    imported: [],
    timezone: shop.timezone,
    series: {
      visitors: points,
      visits: points,
      pageviews: points,
      bounce_rate: points,
      avg_time: points,
      load_ms: points,
      conversions: points,
      conversion_rate: points,
    },
  };
}

export const vitals: SiteVitals = {
  lcp_ms: { measured: 40, p50: 1200, p75: 2600, p95: 5100, rating: "needs improvement" },
  inp_ms: { measured: 31, p50: 40, p75: 88, p95: 240, rating: "good" },
  cls: null,
  pages: [
    {
      path: "/boots",
      lcp_ms: { measured: 12, p50: 2100, p75: 4200, p95: 6000, rating: "poor" },
      inp_ms: null,
      cls: null,
    },
  ],
  since: null,
};

export const topPages: TopPages = {
  pages: [
    {
      path: "/boots/winter-2026",
      page_title: "Winter boots",
      pageviews: 120,
      visitors: 80,
      avg_time_spent: 75,
      bounce_rate_percent: 20,
      load_ms: 900,
    },
    {
      path: "/",
      page_title: "",
      pageviews: 60,
      visitors: 50,
      avg_time_spent: null,
      bounce_rate_percent: null,
      load_ms: null,
    },
  ],
  total: 2,
};

/** Without a public address: nothing that websites with https could use. */
export const network: Network = {
  addresses: [
    { url: "http://192.168.1.20:8585", reach: "network", secure: false, answers: true },
    { url: "http://127.0.0.1:8585", reach: "this machine", secure: false, answers: true },
  ],
  for_https_pages: false,
};

export const ledger: Ledger = {
  days: [
    {
      day: "2025-09-16",
      received: 400,
      stored: 380,
      duplicates: 5,
      ignored: { bot: 12, excluded_host: 3 },
      set_aside: 0,
      rejected: 0,
      balanced: true,
    },
    {
      day: "2025-09-17",
      received: 1100,
      stored: 1080,
      duplicates: 2,
      ignored: { bot: 18 },
      set_aside: 0,
      rejected: 4,
      balanced: true,
    },
  ],
  total: {
    received: 1500,
    stored: 1460,
    duplicates: 7,
    ignored: { bot: 30, excluded_host: 3 },
    set_aside: 0,
    rejected: 4,
    balanced: true,
  },
};

export const quarantine: Quarantine = {
  events: 33,
  reasons: [
    { reason: "bot", events: 30, last_seen: "2025-09-17T11:00:00Z" },
    { reason: "excluded_host", events: 3, last_seen: "2025-09-16T09:00:00Z" },
  ],
  agents: [
    {
      user_agent: "Googlebot/2.1 (+http://www.google.com/bot.html)",
      reason: "bot",
      events: 30,
      last_seen: "2025-09-17T11:00:00Z",
    },
    { user_agent: null, reason: "excluded_host", events: 3, last_seen: "2025-09-16T09:00:00Z" },
  ],
  hosts: [{ hostname: "localhost", events: 3, last_seen: "2025-09-16T09:00:00Z" }],
};

export const compaction: CompactionState = {
  bytes: 412_000_000,
  free_bytes: 150_000_000,
  pays: true,
  under_way: false,
  last: null,
  failure: null,
};
