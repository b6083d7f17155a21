import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { applyTheme, storedTheme, type Theme } from "@/lib/theme";

const CHOICES = [
  { theme: "system", label: "As system", Icon: Monitor },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "dark", label: "Dark", Icon: Moon },
] as const;

/** Light, dark, or as the system has it. */
export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  function choose(next: Theme) {
    applyTheme(next);
    setTheme(next);
  }
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-ink-3">{t("Colours")}</legend>
      <div className="flex rounded-control border border-line bg-raised p-0.5">
        {CHOICES.map(({ theme: name, label, Icon }) => (
          <label
            key={name}
            className="flex min-h-11 grow cursor-pointer flex-col items-center justify-center gap-0.5 rounded px-1 text-12 text-ink-2 has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={theme === name}
              onChange={() => choose(name)}
            />
            <Icon className="size-4" aria-hidden="true" />
            {t(label)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
