import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "@/api/getSettings";
import type { ProgramSettings } from "@/api/types";
import { Card } from "@/components/Card";
import { CopyButton } from "@/components/CopyButton";
import { Facts } from "@/components/Facts";
import { Notice } from "@/components/Notice";
import { QueryBody } from "@/components/QueryBody";
import { type Text, t } from "@/lib/i18n";
import { type Reach, reachOf } from "@/lib/reachability";
import { AddressesCard } from "./AddressesCard";
import { HowToChange } from "./HowToChange";

const LIMITS: Record<Exclude<Reach, "anywhere">, { title: Text; text: Text }> = {
  "this computer": {
    title: "Only this computer reaches that address",
    text: "It means “this computer” wherever it is opened, so visitors elsewhere are not counted. Give Analytiq an address that they can reach.",
  },
  "own network": {
    title: "Only your own network reaches that address",
    text: "Visitors elsewhere are not counted. Give Analytiq an address that they can reach.",
  },
};

function ReachNotice({ address }: { address: string }) {
  const reach = reachOf(address);
  if (reach && reach !== "anywhere") {
    return (
      <Notice tone="warn" title={t(LIMITS[reach].title)}>
        {t(LIMITS[reach].text)}
      </Notice>
    );
  }
  if (address.startsWith("http:")) {
    return (
      <Notice tone="warn" title={t("Websites with https cannot use that address")}>
        {t(
          "Browsers refuse to load a script without https into a page with https. Put Analytiq behind an https address, or give it a certificate (ANALYTIQ_TLS_CERT).",
        )}
      </Notice>
    );
  }
  return (
    <p className="text-live">
      {t("Visitors anywhere can reach it by https, if your router and firewall let them through.")}
    </p>
  );
}

function Network({ settings }: { settings: ProgramSettings }) {
  const { address, public_url, host, port, tls_port, dashboard } = settings;
  const example = public_url ?? "https://stats.example.com";
  return (
    <div className="space-y-3">
      <Card title={t("Where websites send their events")}>
        <div className="flex flex-wrap items-center gap-3">
          <p className="grow font-mono text-16 wrap-anywhere">{address}</p>
          <CopyButton text={address} look="plain" />
        </div>
        <p className="text-ink-2">
          {public_url
            ? t("Set as the public address. The code for every website points to it.")
            : t(
                "No public address is set, so this is the one that your browser uses right now. The code for every website points to it.",
              )}
        </p>
        <ReachNotice address={address} />
      </Card>
      <AddressesCard />
      <Card title={t("Where Analytiq listens")}>
        <Facts
          items={[
            {
              name: t("Network address"),
              value: host === "0.0.0.0" ? t("All of this machine") : host,
            },
            { name: t("Port"), value: port === 0 ? t("Any free one") : String(port) },
            {
              name: t("HTTPS"),
              value:
                tls_port === null ? t("Off") : t("On, port {{port}}", { port: String(tls_port) }),
            },
            {
              name: t("Who reaches the dashboard"),
              value: dashboard === "local" ? t("This machine only") : t("Everybody in the network"),
            },
          ]}
        />
      </Card>
      <HowToChange
        settings={settings}
        lines={`public_url = "${example}"`}
        after={t("Copy the code of your websites anew: the old code points to the old address.")}
      />
    </div>
  );
}

/** Where websites reach the program, and how far that is. */
export function NetworkView() {
  const settings = useQuery(settingsQuery);
  return (
    <QueryBody
      query={settings}
      name={t("The network address")}
      skeleton={<div className="skeleton h-52 rounded-card" />}
      isEmpty={() => false}
      empty={null}
    >
      {(found) => <Network settings={found} />}
    </QueryBody>
  );
}
