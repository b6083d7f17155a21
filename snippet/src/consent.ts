/**
 * An optional banner that asks whether ids may be stored, for pages whose snippet says
 * data-consent="required":
 *
 *   <script src="https://stats.example/consent.js" data-text="…" data-accept="…" data-decline="…" defer></script>
 *
 * It shows until the visitor has chosen, and again when an element with `data-analytiq-consent` is
 * clicked. Browsers that send Global Privacy Control have answered already: they are not asked.
 */

((script: HTMLScriptElement) => {
  const { text, accept, decline, label, more, href } = script.dataset;
  const STYLE = `
    section { position: fixed; inset: auto 1rem 1rem; z-index: 2147483647; max-width: 34rem; margin: auto;
      padding: 1rem; border: 1px solid #8888; border-radius: .75rem; background: Canvas; color: CanvasText;
      color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; box-shadow: 0 .25rem 2rem #0004 }
    p { margin: 0 0 .75rem } a { color: LinkText }
    button { min-height: 2.75rem; margin-right: .5rem; padding: 0 1.25rem; border: 1px solid; border-radius: .5rem;
      background: none; color: inherit; font: inherit; cursor: pointer }
    button:focus-visible, a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }`;

  /** What analytics.js keeps; undefined while nothing is chosen. */
  const chosen = (): unknown => {
    try {
      const kept = localStorage.analytiq || document.cookie.match(/analytiq=([^;]*)/)?.[1];
      return JSON.parse(atob(kept)).consent;
    } catch {
      return;
    }
  };

  const element = (name: string, content?: string): HTMLElement => {
    const made = document.createElement(name);
    made.textContent = content ?? null;
    return made;
  };

  let banner: HTMLElement | undefined;

  const show = (): void => {
    if (banner) return;
    banner = element("div");
    const root = banner.attachShadow({ mode: "open" });
    // A constructed style sheet needs no permission of the page's Content Security Policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = element("section");
    section.setAttribute("aria-label", label || "Privacy");
    section.lang = script.lang || document.documentElement.lang;
    const question = element(
      "p",
      (text ||
        "May this website recognise your next visit, to count visitors? It works the same if you decline.") +
        " ",
    );
    if (href) {
      const link = element("a", more || "Read more") as HTMLAnchorElement;
      link.href = href;
      question.append(link);
    }
    const answer = (words: string, given: boolean): HTMLElement => {
      const button = element("button", words);
      button.onclick = () => {
        window.analytiq?.consent(given);
        banner?.remove();
        banner = undefined;
      };
      return button;
    };
    section.append(question, answer(decline || "Decline", false), answer(accept || "Accept", true));
    root.append(section);
    document.body.append(banner);
  };

  addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-analytiq-consent]")) show();
  });
  const ask = (): void => {
    if (chosen() == null && !navigator.globalPrivacyControl) show();
  };
  if (document.body) ask();
  else addEventListener("DOMContentLoaded", ask);
})(document.currentScript as HTMLScriptElement);
