import { Link } from "react-router";
import { buttonStyle } from "@/components/buttonStyle";
import { t } from "@/lib/i18n";

/** In the place of a page that only the owner may see. */
export function OwnersOnly() {
  return (
    <>
      <h1 className="text-20 font-semibold">{t("This page is the owner's")}</h1>
      <p className="mt-1 mb-4 max-w-120 text-ink-2">
        {t(
          "Only the owner of this Analytiq sees its people, its audit log and how it is set up. Ask the owner if you need something from them.",
        )}
      </p>
      <Link to="/sites" className={buttonStyle("plain")}>
        {t("See your websites")}
      </Link>
    </>
  );
}
