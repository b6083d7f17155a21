import i18next from "i18next";

/** The languages of the dashboard, each by its own name for itself. */
export const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
} as const;

export type Language = keyof typeof LANGUAGES;

// Of English there is more than one way to write a date.
const LOCALES: Partial<Record<Language, string>> = { en: "en-GB" };

/** The language of the page; English until another one is spoken. */
export function language(): Language {
  return (i18next.language ?? "en") as Language;
}

/** How the language of the page writes dates and numbers, for Intl. */
export function locale(): string {
  return LOCALES[language()] ?? language();
}

/** A name inside a sentence: "visitors". German writes nouns with a capital there, too. */
export function inSentence(name: string): string {
  return language() === "de" ? name : name.toLocaleLowerCase(locale());
}
