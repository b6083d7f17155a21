import i18next, { type FormatterModule } from "i18next";
import type german from "@/locales/de.json";
import english from "@/locales/en.json";
import { formatCount } from "./format";
import type { Language } from "./locale";

type Form = "zero" | "one" | "two" | "few" | "many" | "other";
type WithoutForm<Key> = Key extends `${infer Base}_${Form}` ? Base : Key;

/** Every text of the dashboard: it is its own key, as it reads in English, and the catalogues translate it. */
export type AnyText = WithoutForm<keyof typeof german>;

type Names<T> = T extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;

/** A text that says the same wherever it stands: no value belongs in it. */
export type Text = AnyText extends infer T ? (T extends `${string}{{${string}` ? never : T) : never;

/** What belongs in a text, by name; numbers are written as the language writes them. */
export type Values<T extends AnyText> = { [Name in Names<T>]: string | number };

const CATALOGUES: Record<Exclude<Language, "en">, () => Promise<{ default: object }>> = {
  de: () => import("@/locales/de.json"),
  fr: () => import("@/locales/fr.json"),
  es: () => import("@/locales/es.json"),
};

const NUMBERS: FormatterModule = {
  type: "formatter",
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value) => (typeof value === "number" ? formatCount(value) : String(value)),
};

// Resolved at once: English stands in the texts, so that there is nothing to wait for.
void i18next.use(NUMBERS).init({
  lng: "en",
  fallbackLng: "en",
  initAsync: false,
  // Texts that have a singular; all others are their own keys.
  resources: { en: { translation: english } },
  // The keys are sentences, in which dots and colons are what they are.
  keySeparator: false,
  nsSeparator: false,
  interpolation: {
    // React escapes whatever it shows.
    escapeValue: false,
    alwaysFormat: true,
  },
});

/**
 * A text in the language of the page.
 *
 * Called while something is drawn, never when a module is loaded: the language is not known then.
 */
export function t(text: Text): string;
export function t<T extends AnyText>(text: T, values: Values<T>): string;
export function t(text: string, values: Record<string, string | number> = {}): string {
  return i18next.t(text, values);
}

/** Loads the language's texts, and tells the browser what is written on the page, and which way. */
export async function speak(language: Language): Promise<void> {
  if (language !== "en" && !i18next.hasResourceBundle(language, "translation")) {
    const { default: texts } = await CATALOGUES[language]();
    i18next.addResourceBundle(language, "translation", texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}
