import { Button } from "@/components/Button";
import { CenteredPage } from "@/components/CenteredPage";
import { HelpLink } from "@/components/HelpLink";
import { t } from "@/lib/i18n";

/** When a page fails in a way nobody foresaw, such as an old tab after an update of the program. */
export function CrashPage() {
  return (
    <CenteredPage title={t("Page failed")}>
      <h1 className="text-20 font-semibold">{t("This page has failed")}</h1>
      <p className="mt-1 mb-4 text-ink-2">
        {t(
          "The fault is in the page alone: your websites are still being counted. Loading it again helps when the program was updated while the page was open.",
        )}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button onClick={() => window.location.reload()}>{t("Load again")}</Button>
        <HelpLink page="troubleshooting" label={t("When something is wrong")} />
      </div>
    </CenteredPage>
  );
}
