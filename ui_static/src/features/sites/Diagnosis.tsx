import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Site } from "@/api/types";
import { Notice } from "@/components/Notice";
import { obstacle } from "@/lib/reachability";
import type { Refusal } from "./arrival";

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

function SettingsLink({ site, to, children }: { site: Site; to: string; children: ReactNode }) {
  return (
    <Link
      to={`/sites/${site.site_id}/settings#${to}`}
      className="font-medium text-accent underline"
    >
      {children}
    </Link>
  );
}

function refused(site: Site, { reason, host }: Refusal): Finding {
  switch (reason) {
    case "wrong_key":
      return {
        title: "An event arrived with a wrong key",
        detail:
          "The code on your website is not the one above: its key was changed, or a part of it is missing. Nothing of it was stored. Copy the code above and put it in the place of the old one.",
      };
    case "excluded_host":
      return {
        title: `An event from ${host ?? "another host"} was left out`,
        detail: (
          <>
            This website's settings leave that host out. If it should count,{" "}
            <SettingsLink site={site} to="counting">
              change which hosts count
            </SettingsLink>
            ; events that were left out count then, too.
          </>
        ),
      };
    case "bot":
      return {
        title: "An event of a bot was left out",
        detail:
          "The browser that sent it says that it is a crawler or runs without a window. Open your website in an ordinary browser.",
      };
    case "rejected":
      return {
        title: "An event was refused because fields in it are wrong",
        detail:
          "The browser's developer tools show the answer under Network, at “event”: it names the fields. It comes from what your pages pass to analytiq.track, or from code of your own that sends events.",
      };
    case "limited":
      return {
        title: "More events arrive than this website may send",
        detail:
          "Those beyond are refused, and sent again by the visitors' browsers for a day. The setting ANALYTIQ_INGEST_LIMIT_PER_SITE allows more.",
      };
  }
}

function Policy({ origin }: { origin: string }) {
  return (
    <code className="rounded bg-raised px-1 wrap-anywhere">
      {`script-src ${origin}; connect-src ${origin}`}
    </code>
  );
}

function silent(scriptUrl: string): Finding {
  const { origin } = new URL(scriptUrl);
  return {
    title: "The script was loaded, but no event came",
    detail: (
      <ul className="list-disc space-y-1 pl-5">
        <li>
          Does your browser block it? Look once with ad blockers and private mode off, and see that
          you did not opt out of being counted there.
        </li>
        <li>
          Does your website have a Content-Security-Policy? It has to allow{" "}
          <Policy origin={origin} />.
        </li>
        <li>Does the code carry this website's id and key, exactly as above?</li>
      </ul>
    ),
  };
}

function unheard(scriptUrl: string): Finding {
  const { origin } = new URL(scriptUrl);
  return {
    title: "Nothing was heard from your website",
    detail: (
      <ul className="list-disc space-y-1 pl-5">
        <li>
          Is the code in the page? Open your website, choose “View page source” and look for
          “analytics.js”. If it is not there, save or publish the page again and empty its cache.
        </li>
        <li>
          Does your browser block it? Look once with ad blockers off, and open{" "}
          <a
            href={scriptUrl}
            target="_blank"
            rel="noopener noreferrer"
            className="font-medium text-accent underline wrap-anywhere"
          >
            {scriptUrl}
          </a>
          : it shows program text when that address is within reach.
        </li>
        <li>
          Does your website have a Content-Security-Policy? It has to allow{" "}
          <Policy origin={origin} />.
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
    title: "Nothing was heard from your website",
    detail: `The likely reason stands above the code: “${likely.title}”. How to mend it stands there, too.`,
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
