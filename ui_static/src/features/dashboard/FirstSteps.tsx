import { Link } from "react-router";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
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
    </Empty>
  );
}
