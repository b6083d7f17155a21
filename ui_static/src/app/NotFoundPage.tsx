import { Link } from "react-router";
import { buttonStyle } from "@/components/buttonStyle";
import { CenteredPage } from "@/components/CenteredPage";
import { t } from "@/lib/i18n";

export function NotFoundPage() {
  return (
    <CenteredPage title={t("Page not found")}>
      <h1 className="text-20 font-semibold">{t("There is no page at this address")}</h1>
      <p className="mt-1 mb-4 text-ink-2">
        {t("It may be mistyped, or the page has moved. Your numbers are where they were.")}
      </p>
      <Link to="/" className={buttonStyle("plain")}>
        {t("Go to the start")}
      </Link>
    </CenteredPage>
  );
}
