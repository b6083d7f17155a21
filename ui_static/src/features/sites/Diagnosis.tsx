import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Site } from "@/api/types";
import { Notice } from "@/components/Notice";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";
import { obstacle } from "@/lib/reachability";
import type { Refusal } from "./arrival";

const LINK = "font-medium text-accent underline";

interface Finding {
  title: string;
  /** What it means, and how to mend it. */
  detail: ReactNode;
}

interface DiagnosisProps {
  site: Site;
  scriptUrl: string;
  /** An event that arrived and was not counted, if there was one. */
  refusal: Refusal | undefined;
  /** Whether a page of the website got the script. */
  scriptLoaded: boolean;
}

function refused(site: Site, { reason, host }: Refusal): Finding {
  switch (reason) {
    case "wrong_key":
      return {
        title: t("An event arrived with a wrong key"),
        detail: t(
          "The code on your website is not the one above: its key was changed, or a part of it is missing. Nothing of it was stored. Copy the code above and put it in the place of the old one.",
        ),
      };
    case "excluded_host":
      return {
        title: host
          ? t("An event from {{host}} was left out", { host })
          : t("An event from another host was left out"),
        detail: (
          <Rich
            text="This website's settings leave that host out. If it should count, <settings>change which hosts count</settings>; events that were left out count then, too."
            parts={{
              settings: <Link to={`/sites/${site.site_id}/settings#counting`} className={LINK} />,
            }}
          />
        ),
      };
    case "bot":
      return {
        title: t("An event of a bot was left out"),
        detail: t(
          "The browser that sent it says that it is a crawler or runs without a window. Open your website in an ordinary browser.",
        ),
      };
    case "rejected":
      return {
        title: t("An event was refused because fields in it are wrong"),
        detail: t(
          "The browser's developer tools show the answer under Network, at “event”: it names the fields. It comes from what your pages pass to analytiq.track, or from code of your own that sends events.",
        ),
      };
    case "limited":
      return {
        title: t("More events arrive than this website may send"),
        detail: t(
          "Those beyond are refused, and sent again by the visitors' browsers for a day. The setting ANALYTIQ_INGEST_LIMIT_PER_SITE allows more.",
        ),
      };
  }
}

function Policy({ origin }: { origin: string }) {
  return (
    <Rich
      text="Does your website have a Content-Security-Policy? It has to allow <code/>."
      parts={{
        code: (
          <code className="rounded bg-raised px-1 wrap-anywhere">
            {`script-src ${origin}; connect-src ${origin}`}
          </code>
        ),
      }}
    />
  );
}

function silent(scriptUrl: string): Finding {
  const { origin } = new URL(scriptUrl);
  return {
    title: t("The script was loaded, but no event came"),
    detail: (
      <ul className="list-disc space-y-1 ps-5">
        <li>
          {t(
            "Does your browser block it? Look once with ad blockers and private mode off, and see that you did not opt out of being counted there.",
          )}
        </li>
        <li>
          <Policy origin={origin} />
        </li>
        <li>{t("Does the code carry this website's id and key, exactly as above?")}</li>
      </ul>
    ),
  };
}

function unheard(scriptUrl: string): Finding {
  const { origin } = new URL(scriptUrl);
  return {
    title: t("Nothing was heard from your website"),
    detail: (
      <ul className="list-disc space-y-1 ps-5">
        <li>
          {t(
            "Is the code in the page? Open your website, choose “View page source” and look for “analytics.js”. If it is not there, save or publish the page again and empty its cache.",
          )}
        </li>
        <li>
          <Rich
            text="Does your browser block it? Look once with ad blockers off, and open <script/>: it shows program text when that address is within reach."
            parts={{
              script: (
                <a
                  href={scriptUrl}
                  target="_blank"
                  rel="noopener noreferrer"
                  className={`${LINK} wrap-anywhere`}
                >
                  {scriptUrl}
                </a>
              ),
            }}
          />
        </li>
        <li>
          <Policy origin={origin} />
        </li>
      </ul>
    ),
  };
}

function finding({ site, scriptUrl, refusal, scriptLoaded }: DiagnosisProps): Finding {
  if (refusal) return refused(site, refusal);
  if (scriptLoaded) return silent(scriptUrl);
  const likely = obstacle(scriptUrl, site.url);
  if (!likely) return unheard(scriptUrl);
  return {
    title: t("Nothing was heard from your website"),
    detail: t(
      "The likely reason stands above the code: “{{title}}”. How to mend it stands there, too.",
      { title: likely.title },
    ),
  };
}

/** Why no event was counted, as far as the program can tell, and how to mend it. */
export function Diagnosis(props: DiagnosisProps) {
  const { title, detail } = finding(props);
  return (
    <Notice tone="warn" title={title}>
      {detail}
    </Notice>
  );
}
