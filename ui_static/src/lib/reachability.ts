import { t } from "@/lib/i18n";
import { isThisComputer } from "./hosts";

/** Who can reach an address, as far as it tells by itself. */
export type Reach = "this computer" | "own network" | "anywhere";

export function reachOf(url: string): Reach | undefined {
  const address = parse(url);
  if (!address) return undefined;
  if (isThisComputer(address.hostname)) return "this computer";
  return PRIVATE.test(address.hostname) ? "own network" : "anywhere";
}

interface Obstacle {
  title: string;
  detail: string;
}

const PRIVATE =
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.\d|\.(local|lan|home\.arpa|internal)$|^\[f[cde]/;

/** What will keep visitors' browsers from loading the script, as far as the addresses tell. */
export function obstacle(scriptUrl: string, siteUrl: string): Obstacle | undefined {
  const script = parse(scriptUrl);
  const site = parse(siteUrl);
  // A website on this machine is somebody trying things out: everything is within reach.
  if (!script || !site || isThisComputer(site.hostname)) return undefined;
  if (isThisComputer(script.hostname)) {
    return {
      title: t("Only this computer can load the script"),
      detail: t(
        "The code points to {{host}}, which means “this computer” wherever it is opened. Visitors elsewhere will not be counted. Give Analytiq an address that your visitors can reach, set ANALYTIQ_PUBLIC_URL to it, start Analytiq again, and copy the code anew.",
        { host: script.host },
      ),
    };
  }
  if (PRIVATE.test(script.hostname) && !PRIVATE.test(site.hostname)) {
    return {
      title: t("Only your own network can load the script"),
      detail: t(
        "The code points to {{host}}, an address inside your network. Visitors elsewhere will not be counted. Give Analytiq an address that your visitors can reach, set ANALYTIQ_PUBLIC_URL to it, start Analytiq again, and copy the code anew.",
        { host: script.host },
      ),
    };
  }
  if (script.protocol === "http:" && site.protocol === "https:") {
    return {
      title: t("Browsers will refuse the script"),
      detail: t(
        "Your website uses https, and its pages may not load a script from {{origin}}, which does not. Visitors will not be counted. Put Analytiq behind an https address, set ANALYTIQ_PUBLIC_URL to it, start Analytiq again, and copy the code anew.",
        { origin: script.origin },
      ),
    };
  }
  return undefined;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
