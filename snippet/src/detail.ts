/**
 * The second file, which analytics.js loads: how the page performs, what is clicked, what fails.
 * It sends `load`, `click`, `outbound_link`, `file_download`, `form_submit` and `error`, adds scroll
 * depth and web vitals to `leave`, and sends the events that were kept when they could not be
 * delivered. Of these, the page leaves out what the script's `data-off` names.
 *
 * Two rules stand above the rest here too: nothing may throw into the page, and the built file
 * stays within 1 024 bytes of brotli.
 */

/** What the browser measures, as far as it is read here. */
interface Measured extends PerformanceEntry {
  /** Of a largest contentful paint. */
  readonly size?: number;
  /** Of what a visitor does; 0 for events that are none. */
  readonly interactionId?: number;
  /** Of a layout shift. */
  readonly hadRecentInput?: boolean;
  readonly value?: number;
  /** Of the navigation. */
  readonly type?: string;
}

((analytiq: Analytiq) => {
  // The whole in one file may stand on a page twice; a module is loaded once.
  if (WHOLE && analytiq.leaving) return;

  // What `leave` tells, since it told it last; undefined where nothing was measured.
  let errors = 0;
  /** A paint that came late because nobody was looking says nothing. */
  let watched = !document.hidden;
  /** Of the running window of layout shifts its sum, and when the first and the last of them came. */
  let shifts: number;
  let inp_ms: number | undefined;
  let scroll_depth: number | undefined;
  let first: number;
  let cls: number | undefined;
  let lcp_ms: number | undefined;
  let last: number;

  const off = (analytiq.script.dataset.off + "").split(" ");

  const send = (event_type: string, fields: Fields): void => {
    if (!off.includes(event_type)) analytiq.send(event_type, fields);
  };

  /** Hears an event before the page does, and keeps its own errors from it. */
  const listen = (type: string, action: (event: any) => void): void =>
    addEventListener(
      type,
      (event) => {
        try {
          action(event);
        } catch {}
      },
      true,
    );

  // --- What fails ---

  const failed = ({ message, reason, filename, lineno, colno }: any) => {
    if ((message || reason) && errors++ < 10)
      send("error", { error: { message: message || reason + "", filename, lineno, colno } });
  };
  listen("error", failed);
  listen("unhandledrejection", failed);

  // --- What visitors do ---

  listen("submit", ({ target }) => send("form_submit", { custom: { form: target.getAttribute("id") } }));

  listen("click", ({ target, clientX, clientY }) => {
    const link = target.closest("a");
    const url = link?.origin + link?.pathname;
    send("click", {
      click: {
        tag: target.tagName,
        id: target.id,
        class: target.getAttribute("class"),
        text:
          target.childElementCount || target.closest("[data-private],[contenteditable],textarea")
            ? ""
            : target.textContent.trim().slice(0, 64),
        x: clientX,
        y: clientY,
      },
    });
    if (link?.host) {
      if (/\.(pdf|docx?|xlsx?|pptx?|csv|zip|gz|dmg|exe|mp[34])$/i.test(url))
        send("file_download", { custom: { url } });
      if (link.host != location.host) send("outbound_link", { custom: { url } });
    }
  });

  // --- How the page is left ---

  const scrolled = (): void => {
    if (!off.includes("scroll"))
      scroll_depth = Math.max(
        scroll_depth || 0,
        Math.min(100, ((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100),
      );
  };
  listen("scroll", scrolled);

  analytiq.leaving = () => {
    scrolled();
    const told = { scroll_depth, vitals: { lcp_ms, cls, inp_ms } };
    watched = false;
    scroll_depth = lcp_ms = cls = inp_ms = undefined;
    return told;
  };

  // --- How the page performs ---

  /**
   * LCP is the last one that is reported. CLS is the worst window of shifts: at most 1 s between two
   * of them and 5 s in all. INP is the slowest interaction, which it is by definition with up to 50.
   * The navigation has a duration when it has ended.
   */
  const measured = (entry: Measured): void => {
    const { startTime } = entry;
    if (entry.size) {
      if (watched) lcp_ms = startTime;
    } else if (entry.interactionId) inp_ms = Math.max(inp_ms || 0, entry.duration);
    else if (entry.hadRecentInput === false) {
      if (!(startTime - last < 1e3 && startTime - first < 5e3)) {
        shifts = 0;
        first = startTime;
      }
      last = startTime;
      cls = Math.max(cls || 0, (shifts += entry.value!));
    } else if (entry.type) {
      if (entry.duration)
        send("load", {
          performance: {
            load_ms: entry.duration,
            navigation: entry,
            paint: performance.getEntriesByType("paint"),
            resources: performance.getEntriesByType("resource").length,
            memory_bytes: performance.memory?.usedJSHeapSize,
          },
          platform: navigator.platform,
          device_memory: navigator.deviceMemory,
          hardware_concurrency: navigator.hardwareConcurrency,
        });
      else setTimeout(measured, 200, entry);
    }
  };
  const observer = new PerformanceObserver((list) => list.getEntries().map(measured));
  ["largest-contentful-paint", "layout-shift", "event"].map((type) =>
    observer.observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit),
  );
  performance.getEntriesByType("navigation").map(measured);

  // --- What could not be delivered ---

  /** Sends one event that waits for more than 5 s; when it has arrived, the next one is asked for. */
  analytiq.waiting = (erase) => {
    try {
      for (const key in localStorage) {
        const age = Date.now() - +key.match(/^analytiq_(\d{13})/)?.[1]!;
        if (age > (erase ? -1 : 864e5)) delete localStorage[key];
        else if (age > 5e3) return analytiq.post(localStorage[key], key);
      }
    } catch {}
  };
})(window.analytiq!);
