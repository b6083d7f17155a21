import { Link } from "react-router";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
import { HelpLink } from "@/components/HelpLink";
import { t } from "@/lib/i18n";

/** In the chart's place until the first event has arrived. */
export function FirstSteps({ siteId }: { siteId: string }) {
  return (
    <Empty title={t("No visits yet")}>
      {t("Paste the snippet into your website and this page fills by itself.")}
      <div className="mt-4">
        <Link to={`/sites/${siteId}/snippet`} className={buttonStyle("primary")}>
          {t("Get the snippet")}
        </Link>
      </div>
      <p className="mt-3">
        <HelpLink page="troubleshooting" label={t("It is there, and no visits arrive")} />
      </p>
    </Empty>
  );
}
