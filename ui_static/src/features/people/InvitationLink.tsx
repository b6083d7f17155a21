import type { NewInvitation } from "@/api/types";
import { Button } from "@/components/Button";
import { CopyButton } from "@/components/CopyButton";
import { Moment } from "@/components/Moment";
import { Notice } from "@/components/Notice";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";

interface InvitationLinkProps {
  invitation: NewInvitation;
  onAnother: () => void;
}

const THIS_MACHINE = /^(localhost|127\.|\[::1\]|.*\.localhost$)/;

/** Shown once, because the program keeps only a hash of it. */
export function InvitationLink({ invitation, onAnother }: InvitationLinkProps) {
  const link = invitation.link ?? new URL(invitation.path, window.location.origin).href;
  return (
    <div role="status" className="space-y-3">
      <p>
        <Rich
          text={
            invitation.email === null
              ? "Send this link to whom you want to invite. It is good for one use until <when/>, and is shown only now."
              : "Send this link to <email/>. It is good for one use until <when/>, and is shown only now."
          }
          parts={{
            email: <>{invitation.email}</>,
            when: <Moment at={invitation.expires_at} />,
          }}
        />
      </p>
      <code className="block rounded-control bg-raised p-3 wrap-anywhere">{link}</code>
      {THIS_MACHINE.test(new URL(link).hostname) && (
        <Notice tone="warn" title={t("This link works on this machine only")}>
          {t(
            "Open this dashboard under the address that others use and make the link there, or set ANALYTIQ_PUBLIC_URL.",
          )}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <CopyButton text={link} />
        <Button onClick={onAnother}>{t("Invite somebody else")}</Button>
      </div>
    </div>
  );
}
