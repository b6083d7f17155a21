import { Card } from "@/components/Card";
import { Facts } from "@/components/Facts";
import { LanguageChoice } from "@/components/LanguageChoice";
import { ThemeChoice } from "@/components/ThemeChoice";
import { t } from "@/lib/i18n";

/** How the dashboard looks in this browser. */
export function AppearanceView() {
  return (
    <div className="space-y-3">
      <Card title={t("Colours")}>
        <p className="text-ink-2">{t("In this browser only; other devices keep their own.")}</p>
        <div className="max-w-80">
          <ThemeChoice />
        </div>
      </Card>
      <Card title={t("Language and times")}>
        <LanguageChoice />
        <Facts
          items={[{ name: t("Days and hours"), value: t("In the time zone of each website") }]}
        />
      </Card>
    </div>
  );
}
