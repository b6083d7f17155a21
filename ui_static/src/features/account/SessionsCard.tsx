import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { deleteSession } from "@/api/deleteSession";
import { endOtherSessions } from "@/api/endOtherSessions";
import { sessionsQuery } from "@/api/getSessions";
import type { Session } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { QueryBody } from "@/components/QueryBody";
import { Rich } from "@/components/Rich";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";

const PHONES = ["Android", "iOS"];

interface RowProps {
  session: Session;
  ending: boolean;
  onEnd: () => void;
}

function SessionRow({ session, ending, onEnd }: RowProps) {
  const Icon = PHONES.includes(session.os) ? Smartphone : Monitor;
  const { browser, os } = session;
  const name = os === "Other" ? browser : t("{{browser}} on {{system}}", { browser, system: os });
  return (
    <li className="flex items-center gap-3 py-3">
      <Icon className="size-5 shrink-0 text-ink-3" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="font-medium">{name}</p>
        <p className="text-12 text-ink-3">
          {session.current ? (
            <span className="text-live">{t("This browser")}</span>
          ) : (
            <Rich text="Last seen <when/>" parts={{ when: <Moment at={session.last_seen_at} /> }} />
          )}
          {" · "}
          <Rich
            text={
              session.place === "this machine"
                ? "On Analytiq's own machine, since <when/>"
                : "Over the network, since <when/>"
            }
            parts={{ when: <Moment at={session.created_at} /> }}
          />
        </p>
      </div>
      {!session.current && (
        <Button disabled={ending} onClick={onEnd}>
          {t("Sign out")}
          <span className="sr-only">{` ${name}`}</span>
        </Button>
      )}
    </li>
  );
}

/** Where the account is signed in, and the way out of each. */
export function SessionsCard() {
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const settled = () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  const end = useMutation({ mutationFn: deleteSession, onSettled: settled });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSettled: settled });
  const pending = end.isPending || endOthers.isPending;
  const others = sessions.data?.some((session) => !session.current);
  return (
    <Card title={t("Where you are signed in")} id="sessions">
      <FormProblem error={end.error ?? endOthers.error} fields={[]} />
      <QueryBody
        query={sessions}
        name={t("Sessions")}
        skeleton={<RowSkeleton rows={2} />}
        isEmpty={() => false}
        empty={null}
      >
        {(found) => (
          <ul className="divide-y divide-line">
            {found.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                ending={pending}
                onEnd={() => end.mutate(session.id)}
              />
            ))}
          </ul>
        )}
      </QueryBody>
      <p className="text-12 text-ink-3">
        {t("A browser is signed out after 12 hours without use, and after 30 days.")}
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={pending} onClick={() => endOthers.mutate()}>
          {t("Sign out everywhere else")}
        </Button>
        {endOthers.isSuccess && !others && (
          <p role="status" className="text-live">
            {t("You are signed in here alone. Tokens of scripts have ended, too.")}
          </p>
        )}
      </div>
    </Card>
  );
}
