import { useState } from "react";
import { t } from "@/lib/i18n";
import { chooseLanguage, chosenLanguage } from "@/lib/language";
import { LANGUAGES, type Language } from "@/lib/locale";
import { SelectField } from "./Field";

/** The language of this browser's dashboard; in a list of languages each stands by its own name. */
export function LanguageChoice() {
  const [language, setLanguage] = useState(chosenLanguage);
  const [failed, setFailed] = useState(false);
  async function choose(next: Language | undefined) {
    try {
      await chooseLanguage(next);
      setLanguage(next);
    } catch {
      setFailed(true);
    }
  }
  return (
    <SelectField
      label={t("Language")}
      hint={t("In this browser only; other devices keep their own.")}
      error={
        failed
          ? t(
              "The texts of that language could not be loaded. Nothing has changed; try again when Analytiq answers.",
            )
          : undefined
      }
      value={language ?? ""}
      onChange={(event) => choose((event.target.value || undefined) as Language | undefined)}
    >
      <option value="">{t("As the browser")}</option>
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
