import { HttpResponse, http } from "msw";
import type { Problem } from "@/api/types";
import { breakdown } from "./breakdowns";
import {
  alice,
  compaction,
  ledger,
  network,
  nightly,
  people,
  phone,
  quarantine,
  report,
  shop,
  shopToday,
  status,
  thisBrowser,
  timeseries,
  topPages,
  vitals,
} from "./people";

const site = `/api/sites/${shop.site_id}`;

/** An error as the program answers it. */
export function problem(
  status: number,
  detail: string,
  errors?: Problem["errors"],
  type = "/problems/test",
) {
  const body = { type, title: "Test", status, detail, errors };
  return HttpResponse.json(body, {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

export const handlers = [
  http.get("/api/setup", () =>
    HttpResponse.json({ first_run: false, signup_open: false, setup_code_required: false }),
  ),
  http.get("/api/me", () => HttpResponse.json({ user: alice })),
  http.get("/api/sessions", () => HttpResponse.json({ sessions: [thisBrowser, phone] })),
  http.get("/api/me/two-factor", () =>
    HttpResponse.json({ enabled: false, recovery_codes_left: 0 }),
  ),
  http.get("/api/keys", () => HttpResponse.json({ keys: [nightly] })),
  http.get("/api/notices", () => HttpResponse.json({ notices: [] })),
  http.get("/api/mail/reports", () =>
    HttpResponse.json({ sent_to: alice.email, can_send: false, sites: [] }),
  ),
  http.get("/api/network", () => HttpResponse.json(network)),
  http.get("/api/sites", () => HttpResponse.json({ sites: [shopToday] })),
  http.get(site, () => HttpResponse.json(shop)),
  http.get(`${site}/status`, () => HttpResponse.json(status)),
  http.get(`${site}/probe`, () =>
    HttpResponse.json({ probed_at: null, finding: null, detail: null, own_network: false }),
  ),
  http.get(`${site}/access`, () => HttpResponse.json({ guests: [] })),
  http.get("/api/compaction", () => HttpResponse.json(compaction)),
  http.get("/api/people", () => HttpResponse.json({ people })),
  http.get("/api/invitations", () => HttpResponse.json({ invitations: [] })),
  http.get(`${site}/report`, () => HttpResponse.json(report)),
  http.get(`${site}/timeseries`, () => HttpResponse.json(timeseries([10, 20, 30]))),
  http.get(`${site}/top-pages`, () => HttpResponse.json(topPages)),
  http.get(`${site}/vitals`, () => HttpResponse.json(vitals)),
  http.get(`${site}/breakdown`, ({ request }) =>
    HttpResponse.json(breakdown(new URL(request.url).searchParams)),
  ),
  http.get(`${site}/ledger`, () => HttpResponse.json(ledger)),
  http.get(`${site}/quarantine`, () => HttpResponse.json(quarantine)),
  http.get(`${site}/shares`, () => HttpResponse.json({ shares: [] })),
  http.post(`${site}/live-ticket`, () => HttpResponse.json({ token: "ticket", expires_in: 60 })),
];
