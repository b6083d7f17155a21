"""Posts each alarm to the webhook of whoever owns its website, and again later where it was not taken."""

import hashlib
import logging
from datetime import datetime, timedelta

from appliance.fetching.safe_fetch import SafeFetch
from appliance.guardian import alarms
from appliance.guardian.alarms import Alarm
from appliance.guardian.telling import WORTH_TELLING
from appliance.sites.sites import Sites
from appliance.storage.database import Database
from appliance.webhooks import posting
from appliance.webhooks.posting import WebhookError
from appliance.webhooks.webhooks import Webhook, Webhooks

log = logging.getLogger(__name__)

AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 480))
"""The first attempt, and one more after each of these; then it is given up."""


class WebhookTelling:
    def __init__(self, database: Database, webhooks: Webhooks, sites: Sites, fetching: SafeFetch) -> None:
        self._database = database
        self._webhooks = webhooks
        self._sites = sites
        self._fetching = fetching

    def tell(self, now: datetime) -> None:
        """A kill between the other side's taking an alarm and our noting that posts it twice rather than
        never, under the same id."""
        for webhook in self._webhooks.all():
            since = max(webhook.since, now - WORTH_TELLING)
            for *alarm, attempts in self._database.read(
                "webhooks.due", {"account_id": webhook.account_id, "since": since, "now": now}
            ):
                if not self._told(webhook, Alarm(*alarm), attempts + 1, now):
                    break  # it is asked for one at a time while it takes none

    def _told(self, webhook: Webhook, alarm: Alarm, attempt: int, now: datetime) -> bool:
        problem = self._problem(webhook, alarm, now)
        again = problem is not None and attempt <= len(AGAIN_AFTER)
        row = {
            "account_id": webhook.account_id,
            "site_id": alarm.site_id,
            "kind": alarm.kind,
            "began_at": alarm.began_at,
            "attempts": attempt,
            "tried_at": now,
            "next_at": now + AGAIN_AFTER[attempt - 1] if again else None,
            "problem": problem,
        }
        with self._database.write() as transaction:
            transaction.run("webhooks.put_delivery", row)
        return problem is None

    def _problem(self, webhook: Webhook, alarm: Alarm, now: datetime) -> str | None:
        site = self._sites.by_id(alarm.site_id)
        if site is None:
            return "The website was deleted."
        notice = alarms.notice(alarm, site)
        content = {
            "type": f"alarm.{alarm.kind}",
            "timestamp": posting.stamp(alarm.noticed_at),
            "data": {
                "site_id": site.site_id,
                "site_name": site.name,
                "title": notice.title,
                "detail": notice.detail,
                "began_at": posting.stamp(alarm.began_at),
                "visits": alarm.visits,
            },
        }
        try:
            posting.post(self._fetching, webhook, _identity(alarm), content, now)
        except WebhookError as error:
            log.warning("The webhook did not take an alarm of website %s: %s", alarm.site_id, error)
            return str(error)
        return None


def _identity(alarm: Alarm) -> str:
    named = f"{alarm.site_id} {alarm.kind} {posting.stamp(alarm.began_at)}"
    return f"alarm_{hashlib.sha256(named.encode()).hexdigest()[:32]}"
