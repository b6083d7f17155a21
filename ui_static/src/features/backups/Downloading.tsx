import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { prepareDownload } from "@/api/prepareDownload";
import type { Backup } from "@/api/types";
import { ConfirmPassword } from "@/components/ConfirmPassword";
import { TextField } from "@/components/Field";
import { fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface DownloadingProps {
  backup: Backup;
  onDone: () => void;
}

interface WithAccountsProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function WithAccounts({ checked, onChange }: WithAccountsProps) {
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        <span className="block font-medium">{t("With accounts, share links and keys")}</span>
        <span className="text-pretty text-ink-2">
          {t(
            "Needed to go back to it, also on another machine. Keep such a file as safe as a password. Without them it can only be read, with DuckDB.",
          )}
        </span>
      </span>
    </label>
  );
}

/** What the file is to hold, and the password before it is handed out. */
export function Downloading({ backup, onDone }: DownloadingProps) {
  const [accounts, setAccounts] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const differ = passphrase !== again;
  const preparing = useMutation({
    mutationFn: (password: string) =>
      prepareDownload(backup.name, { accounts, passphrase: passphrase || null }, password),
    onSuccess: ({ path }) => {
      window.location.assign(path);
      onDone();
    },
  });
  return (
    <div className="max-w-160 space-y-4 rounded-control bg-raised p-4">
      <WithAccounts checked={accounts} onChange={setAccounts} />
      <TextField
        label={t("Passphrase for the file, if you like")}
        hint={t("It encrypts the file. Without it nobody can read the file any more, nor can you.")}
        type="password"
        autoComplete="new-password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
        error={fieldError(preparing.error, "passphrase")}
      />
      {passphrase !== "" && (
        <TextField
          label={t("The passphrase once more")}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
          error={again !== "" && differ ? t("The two are not the same.") : undefined}
        />
      )}
      <ConfirmPassword
        action={preparing.isPending ? t("Making it ready…") : t("Download it")}
        error={preparing.error}
        pending={preparing.isPending || (passphrase !== "" && differ)}
        onConfirm={(password) => preparing.mutate(password)}
        {...(!preparing.isPending && { onCancel: onDone })}
      />
    </div>
  );
}
