"""Quarantined events are judged anew when the rules change, and count from then on if they pass.

The rules of a site are the list of bots, which a new version of the program may bring, and the site's lists
of hosts. A digest of them is kept beside the event up to which they have been applied: a run that is killed
goes on from there, and one too many finds nothing to do. Events that count are never looked at again, so a
list that leaves out more applies to new events only.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from appliance.events.enrichment import agents
from appliance.ingest import quarantine
from appliance.ingest.ledger import Ledger
from appliance.ingest.loading import Loaded
from appliance.ingest.quarantine import Reason
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database, Transaction
from appliance.visits import rollups

CHUNK = 2_000
"""Events read at a time; those of them that change are written in one transaction per day of arrival."""

CHUNKS_PER_RUN = 5
"""Two seconds of work on a small machine: loads take turns with it, and the program's end waits for it."""

UNDER_WAY = timedelta(minutes=1)
"""Events judged just before a change may be loaded after it: so long the new rules go on looking."""


@dataclass(frozen=True)
class _State:
    """A row of `readmissions`."""

    site_id: str
    rules: str
    begun_at: datetime
    seq: int
    done: bool


@dataclass(frozen=True)
class _Event:
    seq: int
    received_at: datetime
    reason: Reason
    hostname: str | None
    user_agent: str | None

    @property
    def day(self) -> date:
        return self.received_at.date()


@dataclass(frozen=True)
class _Verdict:
    event: _Event
    reason: Reason | None


class Readmission:
    """`on_readmitted` is told after each commit, as after a load."""

    def __init__(
        self, database: Database, ledger: Ledger, sites: Sites, on_readmitted: Callable[[Loaded], None]
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._sites = sites
        self._on_readmitted = on_readmitted

    def run(self, now: datetime) -> None:
        """Judge what is due, at most CHUNKS_PER_RUN * CHUNK events.

        Raises DatabaseError; what was done before stays done.
        """
        states = {row[0]: _State(*row) for row in self._database.read("readmission.states")}
        chunks = CHUNKS_PER_RUN
        for site in self._sites.all():
            state = _present(site, states.get(site.site_id), now)
            while chunks and not state.done:
                chunks -= 1
                state, more = self._judge_next(site, state, now)
                if not more:
                    break

    def _judge_next(self, site: Site, state: _State, now: datetime) -> tuple[_State, bool]:
        """The state after the next chunk, and whether there may be another."""
        wanted = {"site_id": site.site_id, "seq": state.seq, "limit": CHUNK}
        events = [_Event(*row) for row in self._database.read("readmission.next", wanted)]
        verdicts = [_Verdict(event, _judge(site, event)) for event in events]
        changed = [verdict for verdict in verdicts if verdict.reason != verdict.event.reason]
        for _, of_a_day in groupby(changed, key=lambda verdict: verdict.event.day):
            self._move(list(of_a_day), state)
        more = len(events) == CHUNK
        last = events[-1].seq if events else state.seq
        state = replace(state, seq=last, done=not more and now - state.begun_at >= UNDER_WAY)
        with self._database.write() as transaction:
            _note(transaction, state)
        return state, more

    def _move(self, verdicts: list[_Verdict], state: _State) -> None:
        """Out of quarantine, or to another reason: events, ledger and visits change together."""
        seqs = [verdict.event.seq for verdict in verdicts]
        reasons = [verdict.reason for verdict in verdicts]
        with self._database.write() as transaction:
            transaction.run("readmission.move", {"seqs": seqs, "reasons": reasons})
            self._ledger.move(transaction)
            rollups.refresh(transaction)
            _note(transaction, replace(state, seq=seqs[-1]))
        self._on_readmitted({state.site_id: []})


def _present(site: Site, state: _State | None, now: datetime) -> _State:
    """Where the site's present rules stand: at the beginning if they are new."""
    rules = _digest([agents.bot_rules(), *sorted(site.allowed_hosts), "", *sorted(site.excluded_hosts)])
    if state is None or state.rules != rules:
        return _State(site.site_id, rules, now, seq=0, done=False)
    return state


def _judge(site: Site, event: _Event) -> Reason | None:
    """As if it arrived now. Without evidence a bot stays one."""
    if event.user_agent is None:
        return quarantine.reason(site, event.hostname, is_bot=event.reason == "bot")
    return quarantine.reason(site, event.hostname, agents.is_bot(event.user_agent))


def _note(transaction: Transaction, state: _State) -> None:
    transaction.run("readmission.note", vars(state))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
