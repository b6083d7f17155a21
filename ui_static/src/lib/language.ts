import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { speak } from "./i18n";
import { LANGUAGES, type Language, language } from "./locale";

const STORAGE_KEY = "analytiq.language";

function isLanguage(name: string | null | undefined): name is Language {
  return name != null && Object.hasOwn(LANGUAGES, name);
}

/** What was chosen in this browser; undefined where nothing was, so that the browser's own holds. */
export function chosenLanguage(): Language | undefined {
  try {
    const name = localStorage.getItem(STORAGE_KEY);
    return isLanguage(name) ? name : undefined;
  } catch {
    return undefined;
  }
}

/** The first of the browser's languages that the dashboard speaks, else English. */
function browserLanguage(): Language {
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

/** Speaks the chosen language, or the browser's; English where its texts cannot be loaded. */
export async function startLanguage(): Promise<void> {
  try {
    await speak(chosenLanguage() ?? browserLanguage());
  } catch {
    await speak("en");
  }
}

/**
 * Speaks this language at once and keeps it in this browser where storage is allowed; undefined is
 * the browser's own. Rejects where its texts cannot be loaded: then nothing has changed.
 */
export async function chooseLanguage(language: Language | undefined): Promise<void> {
  await speak(language ?? browserLanguage());
  try {
    if (language) localStorage.setItem(STORAGE_KEY, language);
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}

function onChange(tell: () => void): () => void {
  i18next.on("languageChanged", tell);
  return () => i18next.off("languageChanged", tell);
}

/** The language of the page. Whatever is drawn has to be drawn again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(onChange, language);
}
