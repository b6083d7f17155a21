/**
 * The script that websites embed:
 *
 *   <script src="https://stats.example/analytics.js" data-site-id="site_…" data-site-key="pk_live_…" async defer></script>
 *
 * It counts: one `pageview` when a page is opened, one `route_change` for each navigation inside a
 * single-page app, a `leave` with the time that the page was looked at, and what the page passes to
 * `analytiq.track`. It knows visitors again where that is allowed, and keeps what could not be
 * delivered. How pages perform and what is clicked is in analytics.detail.js, which it loads.
 *
 * Two rules stand above the rest: nothing here may throw into the page or hold it up, and the
 * built file stays within 1 024 bytes of brotli. The second explains the style below: the order of
 * properties is the one that packs best, and many a line is what its neighbour looks like.
 */

/** What is kept in the visitor's browser. */
interface State {
  visitor_id?: string;
  session_id?: string;
  /** Of the last event, in milliseconds. */
  timestamp?: number;
  /** What the visitor chose: ids or none, or "out" for no events at all. */
  consent?: boolean | "out" | undefined;
}

/** The page's part of an event. */
interface Page {
  url: string;
  path: string;
  query: string;
  hash: string;
  referrer: string;
}

((script: HTMLScriptElement) => {
  // A second copy of the script must not send anything a second time.
  if (window.analytiq?.track) return;

  /** The page as last reported. */
  let page: Page | undefined;
  /** Since when it is looked at, in milliseconds; Infinity while it is hidden. */
  let since: number;
  /** What was chosen on this page, for where the browser keeps nothing. */
  let chosen: State["consent"];
  /** Nothing has come back since something was sent. */
  let silent: boolean;

  /**
   * What is kept, after keeping `change` if given: in localStorage, or where that is blocked or full
   * in a cookie of this host that ends after 400 days. Undefined if neither keeps anything.
   * (`slice` throws where localStorage has nothing, so that a cookie written when it was full is
   * found; base64, because quotes in a cookie confuse some servers.)
   */
  const state = (change?: State): State | undefined => {
    try {
      let text = change && btoa(JSON.stringify(change));
      try {
        if (text) localStorage.analytiq = text;
        text = localStorage.analytiq.slice();
      } catch {
        if (text) document.cookie = "analytiq=" + text + ";path=/;max-age=34560000;samesite=lax";
        text = document.cookie.match(/analytiq=([^;]*)/)![1];
      }
      return JSON.parse(atob(text!));
    } catch {}
    return;
  };

  /**
   * Makes an event as of now, keeps it if ids may be kept, and posts it. Its key begins with its time, 13
   * digits of milliseconds. What is sent on leaving is kept only when there is reason to think that
   * it does not arrive. The session is the same in all tabs and a new one after 30 minutes without
   * an event (exactly 30:00 still belongs).
   *
   * An event's id is a UUID's 32 digits: 13 of its time, 19 at random (53 bits, so that two of one
   * millisecond are one with a chance of 1 to 10¹⁶). A new visitor or session is named like its first event.
   * `crypto.randomUUID` is missing on http:// pages, and to name an object URL the browser asks another of
   * its processes: 5 ms and more, three times on a first page.
   */
  const send = (event_type: string, fields: Fields): void => {
    if (document.prerendering)
      document.addEventListener("prerenderingchange", () => send(event_type, fields));
    else
      try {
        const now = Date.now();
        const event_id = now + Math.random().toFixed(19).slice(2);
        const { visitor_id = event_id, timestamp, session_id, consent = chosen } = state() || {};
        if (consent == "out") return;
        const keeps =
          !script.dataset.mode &&
          (consent ?? !(script.dataset.consent || navigator.globalPrivacyControl || +navigator.doNotTrack!));
        const key = keeps && "analytiq_" + event_id;
        const body = JSON.stringify({
          ...(keeps &&
            state({
              visitor_id,
              consent,
              session_id: now - timestamp! <= 18e5 ? session_id! : event_id,
              timestamp: now,
            })),
          consent,
          screen: { width: screen.width, height: screen.height },
          timestamp: new Date(now),
          timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          title: document.title,
          event_id,
          viewport: { width: innerWidth, height: innerHeight },
          language: navigator.language,
          event_type,
          ...page,
          ...fields,
        });
        post(body, key, fields.engaged_ms);
        // Where the website has filled its storage there is no room for events.
        if (key && silent && localStorage.length < 99) localStorage[key] = body;
      } catch {}
  };

  /**
   * Posts an event to `ingest/event` beside the script, wherever that is. The body is a plain string,
   * so it goes as text/plain and needs no preflight; the credentials are in the query because a beacon
   * has no headers. They are made of characters that need no escaping there.
   *
   * An answer says that the event is on disk, or that it never will be (4xx): it is no longer kept.
   * With 429, 5xx or no answer it stays. A beacon, for when the page is left, has no answer.
   */
  const post = (body: string, key: string | false, leaving?: unknown): void => {
    const url = new URL(
      "ingest/event?site_id=" + script.dataset.siteId + "&k=" + script.dataset.siteKey,
      script.src,
    );
    if (leaving && navigator.sendBeacon?.(url, body)) return;
    silent = true;
    fetch(url, { method: "POST", keepalive: true, body })
      .then(({ status }) => {
        if (status < 429) {
          silent = false;
          if (key) {
            delete localStorage[key];
            analytiq.waiting?.();
          }
        }
      })
      .catch(() => {});
  };

  const choose = (consent?: State["consent"]): void => {
    state({ ...(consent === true && state()), consent: (chosen = consent) });
    analytiq.waiting?.(consent !== true);
  };

  const analytiq: Analytiq = (window.analytiq = {
    track: (name, custom) => send(name, { custom }),
    send,
    consent: choose,
    optOut: () => choose("out"),
    optIn: () => choose(),
    post,
    script,
  });

  /**
   * Hears of everything that may turn the visitor to another page or away from this one: several
   * signals can tell of one navigation, and a page that comes back from the browser's cache is
   * opened again.
   *
   * Routers change the address first and render afterwards, often several tasks later, so a
   * `route_change` reads its title 100 ms on: a timer of 0 would report the title of the page before,
   * and an animation frame would never come in a background tab. A page's first report does not wait
   * for that, because some landing pages send their visitors on at once.
   *
   * More than 30 minutes without an event end the visit, and nobody knows who still looked.
   */
  const notice = (event: Partial<PageTransitionEvent>): void => {
    const before = !event.persisted && page?.url;
    if (before != location.href || event.type == "visibilitychange") {
      const engaged_ms = Date.now() - since;
      if (engaged_ms > 99 && engaged_ms < 18e5) send("leave", { engaged_ms, ...analytiq.leaving?.() });
      since = Date.now() / +!document.hidden;
    }
    if (before != location.href) {
      page = {
        url: location.href,
        referrer: before || document.referrer,
        path: location.pathname,
        hash: location.hash,
        query: location.search,
      };
      setTimeout(send, before ? 100 : 0, before ? "route_change" : "pageview", page);
    }
  };

  (["pushState", "replaceState"] as const).map((method) => {
    const original = history[method];
    history[method] = (...args) => {
      original.apply(history, args);
      notice({});
    };
  });
  ["popstate", "hashchange", "visibilitychange", "pageshow"].map((type) => addEventListener(type, notice));

  notice({});
  // Opening the storage takes a slow phone tens of milliseconds: here they are not in the first report's task.
  state();
  WHOLE || import("" + new URL("analytics.detail.js", script.src)).catch(() => {});
})(document.currentScript as HTMLScriptElement);
