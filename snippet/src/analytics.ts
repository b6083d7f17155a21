/**
 * The script that websites embed:
 *
 *   <script src="https://stats.example/analytics.js" data-site-id="site_…" data-site-key="pk_live_…" async defer></script>
 *
 * It sends one `pageview` when the page is seen, one `route_change` for each navigation inside a
 * single-page app, and what the page passes to `analytiq.track(name, props)`.
 *
 * Two rules stand above the rest: nothing here may throw into the page or hold it up, and the
 * built file stays within 1 024 bytes of brotli. The second explains some of the style below.
 */

type Props = Record<string, string | number | boolean | null>;

interface Analytiq {
  /**
   * Sends a custom event at once.
   *
   * @param name becomes the event's `event_type`
   * @param props becomes the event's `custom`: up to 30 properties that are text, numbers or booleans
   */
  track(name: string, props?: Props): void;
}

/** One event as `POST /ingest/event` takes it; lengths are CSS pixels, absent fields are left out. */
interface AnalytiqEvent {
  site_id: string | undefined;
  event_id: string;
  event_type: string;
  timestamp: Date;
  url: string;
  path: string;
  query: string;
  hash: string;
  title: string;
  referrer: string | null;
  language: string;
  timezone: string;
  screen: { width: number; height: number };
  viewport: { width: number; height: number };
  user_agent: string;
  visitor_id: string | undefined;
  session_id: string | undefined;
  custom: Props | undefined;
}

interface Window {
  analytiq?: Analytiq;
}

interface Document {
  /** True while the browser renders the page ahead of a visit that may never come. */
  readonly prerendering?: boolean;
}

((script: HTMLScriptElement) => {
  // A second copy of the script must not send anything a second time.
  if (window.analytiq?.track) return;

  /** Address of the pageview last reported; undefined until the first. */
  let page: string | undefined;
  let referrer: string | null;

  /** A random UUID. Pages on http:// have no `randomUUID`, but every object URL ends in a fresh one. */
  const uuid = (): string => crypto.randomUUID?.() || URL.createObjectURL(new Blob()).slice(-36);

  /**
   * Reads what is kept under `key`, after writing `value` if given: in localStorage, or where that
   * is blocked or full in a cookie of this host that ends after 400 days. Undefined if neither keeps it.
   * (`slice` throws where localStorage has nothing, so that a cookie written when it was full is found.)
   */
  const stored = (key: string, value?: string): string | undefined => {
    try {
      if (value) localStorage[key] = value;
      return localStorage[key].slice();
    } catch {
      // Sandboxed frames refuse cookies as well; their events go without ids.
      try {
        if (value) document.cookie = key + "=" + value + ";path=/;max-age=34560000;samesite=lax";
        return document.cookie.match(key + "=([^;]*)")?.[1];
      } catch {}
    }
  };

  /**
   * An event as of now. The session's id is the same in all tabs and a new one after 30 minutes
   * without an event (exactly 30:00 still belongs). It is kept behind the time of its last event:
   * 13 digits of milliseconds, then the id.
   */
  const describe = (event_type: string, custom?: Props): AnalytiqEvent => {
    const timestamp = new Date();
    const last = stored("analytiq_session_id") + "";
    const session = +timestamp - +last.slice(0, 13) <= 18e5 ? last.slice(13) : uuid();
    // In the order that packs best.
    return {
      session_id: stored("analytiq_session_id", +timestamp + session)?.slice(13),
      event_id: uuid(),
      event_type,
      site_id: script.dataset.siteId,
      visitor_id: stored("analytiq_visitor_id") || stored("analytiq_visitor_id", uuid()),
      timestamp,
      referrer,
      user_agent: navigator.userAgent,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      url: location.href,
      path: location.pathname,
      query: location.search,
      custom,
      hash: location.hash,
      title: document.title,
      language: navigator.language,
      screen: { width: screen.width, height: screen.height },
      viewport: { width: innerWidth, height: innerHeight },
    };
  };

  /**
   * Posts to `ingest/event` beside the script, wherever that is. The body is a plain string, so it
   * goes as text/plain and needs no preflight; the credentials are in the query because a beacon has
   * no headers. They are made of characters that need no escaping there.
   */
  const post = (event: AnalytiqEvent): void => {
    const url = new URL(
      "ingest/event?site_id=" + script.dataset.siteId + "&k=" + script.dataset.siteKey,
      script.src,
    );
    const body = JSON.stringify(event);
    navigator.sendBeacon?.(url, body) ||
      fetch(url, { body, method: "POST", keepalive: true }).catch(() => {});
  };

  /** Runs `action` once the page is before a visitor, and keeps its errors from the page. */
  const seen = (action: () => void): void => {
    if (document.prerendering) document.addEventListener("prerenderingchange", () => seen(action));
    else
      try {
        action();
      } catch {}
  };

  /**
   * Reports the page if its address is a new one: several signals can tell of one navigation.
   *
   * Routers change the address first and render afterwards, often several tasks later, so a
   * `route_change` reads its title 100 ms on: a timer of 0 would report the title of the page before,
   * and an animation frame would never come in a background tab. A page's first report does not wait
   * for that, because some landing pages send their visitors on at once.
   */
  const navigated = (): void =>
    seen(() => {
      if (page != location.href) {
        referrer = page || document.referrer || null;
        const event = describe(page ? "route_change" : "pageview");
        setTimeout(seen, page ? 100 : 0, () => {
          event.title = document.title;
          post(event);
        });
        page = location.href;
      }
    });

  (["pushState", "replaceState"] as const).map((method) => {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      navigated();
    };
  });
  addEventListener("popstate", navigated);
  addEventListener("hashchange", navigated);

  window.analytiq = { track: (name, props) => seen(() => post(describe(name, props))) };
  navigated();
})(document.currentScript as HTMLScriptElement);
