import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { openedShareQuery, openShare } from "@/api/openShare";
import { ApiError } from "@/api/request";
import type { OpenedShare } from "@/api/types";
import { Button } from "@/components/Button";
import { CenteredPage } from "@/components/CenteredPage";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { Problem } from "@/components/Problem";
import { t } from "@/lib/i18n";

interface ShareGateProps {
  /** What stands in the link. */
  token: string;
  skeleton: ReactNode;
  children: (opened: OpenedShare) => ReactNode;
}

function isRefusal(error: Error | null, status: number): boolean {
  return error instanceof ApiError && error.status === status;
}

function Gone() {
  return (
    <CenteredPage title={t("Link not valid")}>
      <h1 className="text-20 font-semibold">{t("This link opens nothing")}</h1>
      <p className="mt-1 text-ink-2">
        {t(
          "It was taken back, has expired, or is not complete. Ask whoever gave it to you for a new one.",
        )}
      </p>
    </CenteredPage>
  );
}

interface PasswordPageProps {
  token: string;
  onOpened: (opened: OpenedShare, password: string) => void;
}

function PasswordPage({ token, onOpened }: PasswordPageProps) {
  const [password, setPassword] = useState("");
  const opening = useMutation({
    mutationFn: () => openShare(token, password),
    onSuccess: (opened) => onOpened(opened, password),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    opening.mutate();
  }

  if (isRefusal(opening.error, 404)) return <Gone />;
  return (
    <CenteredPage title={t("Password")}>
      <h1 className="text-20 font-semibold">{t("This dashboard asks for a password")}</h1>
      <p className="mt-1 mb-6 text-ink-2">{t("Type the one that you were given with the link.")}</p>
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        {!isRefusal(opening.error, 403) && <FormProblem error={opening.error} fields={[]} />}
        <TextField
          label={t("Password")}
          type="password"
          autoComplete="off"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={
            isRefusal(opening.error, 403)
              ? t("This is not the link's password.")
              : fieldError(opening.error, "password")
          }
        />
        <Button look="primary" type="submit" className="w-full" disabled={opening.isPending}>
          {t("Open the dashboard")}
        </Button>
      </form>
    </CenteredPage>
  );
}

/** Opens a share link, asks for its password where it has one, and says when it opens nothing any more. */
export function ShareGate({ token, skeleton, children }: ShareGateProps) {
  const client = useQueryClient();
  const [password, setPassword] = useState<string>();
  const opened = useQuery(openedShareQuery(token, password));
  if (isRefusal(opened.error, 404)) return <Gone />;
  if (opened.data) return children(opened.data);
  if (!opened.error) return <div aria-busy="true">{skeleton}</div>;
  if (isRefusal(opened.error, 403)) {
    return (
      <PasswordPage
        token={token}
        onOpened={(answer, typed) => {
          setPassword(typed);
          client.setQueryData(openedShareQuery(token).queryKey, answer);
        }}
      />
    );
  }
  return (
    <CenteredPage title={t("Not reachable")}>
      <Problem
        title={t("The dashboard could not be loaded")}
        error={opened.error}
        onRetry={() => opened.refetch()}
      />
    </CenteredPage>
  );
}
