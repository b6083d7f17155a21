// What the scripts share: the page's one global name, and what TypeScript's DOM does not know yet.

/** Properties of a custom event. */
type Props = Record<string, string | number | boolean | null>;

/** Fields of an event beside those that every event has. */
type Fields = Record<string, unknown>;

interface Analytiq {
  /**
   * Sends a custom event at once.
   *
   * @param name becomes the event's `event_type`
   * @param props becomes the event's `custom`: up to 30 properties that are text, numbers or booleans
   */
  track(name: string, props?: Props): void;

  /** true: ids may be stored. false: they may not, and those that are stored are erased. Remembered. */
  consent(given: boolean): void;

  /** Sends nothing from now on, in this browser, and erases what is stored but this choice. */
  optOut(): void;

  /** Forgets what was chosen. */
  optIn(): void;

  // Between analytics.js and analytics.detail.js, not for pages:

  /** The element that the page embeds. */
  script: HTMLScriptElement;

  /** Sends an event now; fields that are undefined are left out. Never throws. */
  send(event_type: string, fields: Fields): void;

  /** Sends what `send` made and has kept under `key`. */
  post(body: string, key: string): void;

  /** What to say of a page that is left, since it was asked the last time. */
  leaving?(): Fields;

  /** Looks after the events that are kept: one that waits is sent; all are erased if `erase`. */
  waiting?(erase?: boolean): void;
}

interface Window {
  analytiq?: Analytiq;
}

interface Document {
  /** True while the browser renders the page ahead of a visit that may never come. */
  readonly prerendering?: boolean;
}

interface Performance {
  readonly memory?: { readonly usedJSHeapSize: number };
}

interface Navigator {
  readonly globalPrivacyControl?: boolean;
  readonly deviceMemory?: number;
}

/** True where the file is built together with the detail, false where it loads it. */
declare const WHOLE: boolean;
