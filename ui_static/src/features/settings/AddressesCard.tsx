import { useQuery } from "@tanstack/react-query";
import { networkQuery } from "@/api/getNetwork";
import type { Network } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { CopyButton } from "@/components/CopyButton";
import { QueryBody } from "@/components/QueryBody";
import { Rich } from "@/components/Rich";
import { type Text, t } from "@/lib/i18n";

type Address = Network["addresses"][number];

const REACH: Record<Address["reach"], Text> = {
  public: "The public address",
  network: "From your own network",
  "this machine": "From the machine that Analytiq runs on",
};

function AddressRow({ address }: { address: Address }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3 first:pt-0 last:pb-0">
      <div className="min-w-0 grow">
        <p className="font-mono wrap-anywhere">{address.url}</p>
        <p className="text-12 text-ink-2">
          {t(REACH[address.reach])} ·{" "}
          {address.answers ? (
            <span className="text-live">{t("Analytiq answers there")}</span>
          ) : (
            <span className="text-bad">{t("Analytiq does not answer there")}</span>
          )}
        </p>
      </div>
      <CopyButton text={address.url} look="plain" />
    </li>
  );
}

function MixedContent({ served }: { served: boolean }) {
  if (served)
    return <p className="text-live">{t("Websites with https can send their events here.")}</p>;
  return (
    <div className="space-y-2 text-ink-2">
      <p>
        <strong className="font-medium text-warn">
          {t("Websites with https need an https address.")}
        </strong>{" "}
        {t(
          "Browsers do not let a page with https load or send anything without it (“mixed content”), so its visitors would not be counted. Websites with http are counted as it is.",
        )}
      </p>
      <p>{t("There are two ways to get one:")}</p>
      <ul className="list-disc space-y-1 ps-5">
        <li>
          <Rich
            text="a certificate for Analytiq itself: set <cert/> and <key/> to its files;"
            parts={{ cert: <code>tls_cert</code>, key: <code>tls_key</code> }}
          />
        </li>
        <li>
          {t(
            "a web server or tunnel in front of Analytiq that has a certificate, such as Caddy or nginx.",
          )}
        </li>
      </ul>
      <p>
        <Rich
          text="Then set <setting/> to that https address and start Analytiq again."
          parts={{ setting: <code>public_url</code> }}
        />
      </p>
    </div>
  );
}

function Addresses({ network, onAskAgain, asking }: AddressesProps) {
  return (
    <div className="space-y-4">
      <ul className="divide-y divide-line">
        {network.addresses.map((address) => (
          <AddressRow key={address.url} address={address} />
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="plain" onClick={onAskAgain} disabled={asking}>
          {asking ? t("Testing…") : t("Test again")}
        </Button>
        <p className="min-w-0 flex-1 basis-60 text-12 text-ink-3">
          {t("Tested from this machine. A firewall or router may keep others out all the same.")}
        </p>
      </div>
      <MixedContent served={network.for_https_pages} />
    </div>
  );
}

interface AddressesProps {
  network: Network;
  asking: boolean;
  onAskAgain: () => void;
}

/** Where websites reach the program, whether it answers there, and what https websites need. */
export function AddressesCard() {
  const network = useQuery(networkQuery);
  return (
    <Card title={t("Addresses that websites can reach")}>
      <QueryBody
        query={network}
        name={t("The addresses")}
        skeleton={<div className="skeleton h-40 rounded-card" />}
        isEmpty={() => false}
        empty={null}
      >
        {(found) => (
          <Addresses
            network={found}
            asking={network.isFetching}
            onAskAgain={() => network.refetch()}
          />
        )}
      </QueryBody>
    </Card>
  );
}
