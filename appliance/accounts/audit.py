"""Who did what, and when. An entry is written in the transaction of what it tells, so that neither is there
without the other.

No entry holds a secret, or anything about a website's visitors.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from appliance.storage.database import Database, Transaction

KEPT = timedelta(days=730)
MOST = 50_000
"""Entries; beyond them the oldest go before their time."""
MAX_DETAIL = 300
NEWEST = 2**53 - 1
"""Beyond every entry's id, as a number that JavaScript can hold."""


class Action(StrEnum):
    SIGNED_UP = "signed_up"
    SIGNED_IN = "signed_in"
    SIGN_INS_FAILED = "sign_ins_failed"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  (a name, no password)
    PASSWORD_RESET = "password_reset"  # noqa: S105
    TWO_FACTOR_ON = "two_factor_on"
    TWO_FACTOR_OFF = "two_factor_off"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    API_KEY_MADE = "api_key_made"
    API_KEY_REVOKED = "api_key_revoked"
    SECRET_CHANGED = "secret_changed"  # noqa: S105
    SITE_MADE = "site_made"
    SITE_CHANGED = "site_changed"
    SITE_KEY_CHANGED = "site_key_changed"
    SITE_DELETED = "site_deleted"
    SITE_TRANSFERRED = "site_transferred"
    SHARE_MADE = "share_made"
    SHARE_CHANGED = "share_changed"
    SHARE_REVOKED = "share_revoked"
    SHARE_PASSWORDS_FAILED = "share_passwords_failed"
    INVITATION_MADE = "invitation_made"
    INVITATION_USED = "invitation_used"
    INVITATION_REVOKED = "invitation_revoked"
    ACCESS_GIVEN = "access_given"
    ACCESS_CHANGED = "access_changed"
    ACCESS_TAKEN = "access_taken"
    ROLE_CHANGED = "role_changed"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    WENT_BACK = "went_back"
    BACKUP_DOWNLOADED = "backup_downloaded"
    MAIL_SERVER_CHANGED = "mail_server_changed"
    WEBHOOK_CHANGED = "webhook_changed"
    ACCOUNT_REMOVED = "account_removed"


@dataclass(frozen=True)
class Entry:
    """To be entered. `by`: the id of the account that did it; None: nobody who was signed in.

    `site_id`: the site that it is about. `detail`: a few words; what is longer is cut.
    """

    action: Action
    at: datetime
    by: str | None = None
    site_id: str | None = None
    detail: str = ""


@dataclass(frozen=True)
class AuditEntry:
    """As it stands in the log. E-mail address and site's name are those of that moment."""

    id: int
    at: datetime
    action: Action
    account_id: str | None
    email: str | None
    site_id: str | None
    site_name: str | None
    detail: str


@dataclass(frozen=True)
class AuditPage:
    """`next`: what to ask for as `before` to see older entries; null: there are none."""

    entries: list[AuditEntry]
    next: int | None


def enter(transaction: Transaction, entry: Entry) -> None:
    """E-mail address and site's name are looked up, so a deletion is entered before it is done."""
    row = {**vars(entry), "action": entry.action.value, "detail": entry.detail[:MAX_DETAIL]}
    transaction.run("audit.enter", row)


class Audit:
    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, before: int, limit: int) -> AuditPage:
        """At most `limit` entries with lower ids than `before`, newest first."""
        rows = self._database.read("audit.page", {"before": before, "limit": limit + 1})
        entries = [AuditEntry(id_, at, Action(action), *rest) for id_, at, action, *rest in rows[:limit]]
        return AuditPage(entries, entries[-1].id if len(rows) > limit else None)

    def forget(self, now: datetime) -> None:
        """What was kept long enough, or is beyond the number that is kept."""
        with self._database.write() as transaction:
            transaction.run("audit.forget", {"kept_since": now - KEPT, "most": MOST})
