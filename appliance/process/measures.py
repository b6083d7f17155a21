"""The program's numbers for Prometheus. None needs a query: they must be there when the database is not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from appliance import __version__
from appliance.base.clock import Clock
from appliance.base.counting import Tally
from appliance.base.paths import DataPaths
from appliance.base.prometheus import Family, Sample, gauge, histogram
from appliance.ingest.ledger import Ledger
from appliance.ingest.loading import Loader
from appliance.process import notices
from appliance.process.health import Facts, Health
from appliance.process.job_board import JobBoard
from appliance.reports.live import Live

_TAKEN = ("stored", "duplicate", "ignored", "set_aside")


@dataclass(frozen=True)
class Measures:
    """`answers`: HTTP answers that were given, by class (`2xx`)."""

    paths: DataPaths
    clock: Clock
    health: Health
    ledger: Ledger
    loader: Loader
    live: Live
    jobs: JobBoard
    answers: Tally

    def families(self) -> Iterator[Family]:
        facts = self.health.facts(self.clock.now())
        yield Family("analytiq_info", "gauge", "The program.", [Sample(1, {"version": __version__})])
        yield self._events()
        yield from self._journal(facts)
        yield histogram(
            "analytiq_load_seconds",
            "From a journal file into the database.",
            self.loader.load_times,
        )
        yield histogram(
            "analytiq_rollup_seconds",
            "The part of it that derives visits.",
            self.loader.rollup_times,
        )
        yield from self._sizes(facts)
        yield gauge("analytiq_live_connections", "Open live views.", self.live.viewers)
        yield _counter("analytiq_http_answers", "HTTP answers by class.", self.answers, "class")
        yield from self._jobs()
        yield from _state(facts)

    def _events(self) -> Family:
        counts = {entry: count for (entry,), count in self.ledger.entered.counts().items()}
        counts["received"] = sum(counts.get(outcome, 0) for outcome in _TAKEN)
        outcomes = ("received", *_TAKEN, "rejected")
        samples = [Sample(counts.get(outcome, 0), {"outcome": outcome}) for outcome in outcomes]
        return Family("analytiq_events_total", "counter", "Events by what became of them.", samples)

    def _journal(self, facts: Facts) -> Iterator[Family]:
        yield gauge("analytiq_journal_writable", "0 while events are refused.", int(facts.refusing is None))
        yield gauge("analytiq_journal_pending_batches", "Batches not yet in the database.", facts.pending)
        yield gauge("analytiq_journal_oldest_seconds", "How long the oldest of them waits.", facts.oldest_s)

    def _sizes(self, facts: Facts) -> Iterator[Family]:
        yield gauge("analytiq_database_bytes", "The database's file.", facts.database_bytes)
        yield gauge("analytiq_wal_bytes", "Its write-ahead log.", self.paths.write_ahead_log_bytes)
        yield gauge("analytiq_journal_bytes", "All files of the journal.", self.paths.journal_bytes)
        yield gauge("analytiq_disk_free_bytes", "Free on the disk with the data.", facts.disk.free_bytes)
        yield gauge("analytiq_disk_total_bytes", "All of that disk.", facts.disk.total_bytes)

    def _jobs(self) -> Iterator[Family]:
        yield _counter("analytiq_job_runs", "Ended runs of jobs by result.", self.jobs.runs, "job", "result")
        ran = [(state.slug, state.last) for state in self.jobs.states() if state.last]
        yield Family(
            "analytiq_job_last_run_timestamp_seconds", "gauge", "When the last run of each job began.",
            [Sample(last.began_at.timestamp(), {"job": slug}) for slug, last in ran],
        )  # fmt: skip
        yield Family(
            "analytiq_job_last_run_seconds", "gauge", "How long the last run of each job took.",
            [Sample(last.took_s, {"job": slug}) for slug, last in ran],
        )  # fmt: skip


def _state(facts: Facts) -> Iterator[Family]:
    severities = Counter(notice.severity for notice in notices.of(facts))
    samples = [Sample(severities[severity], {"severity": severity}) for severity in ("error", "warning")]
    yield Family("analytiq_notices", "gauge", "What the dashboard warns of now.", samples)
    if facts.ledger is not None:
        yield gauge(
            "analytiq_ledger_differences",
            "Numbers that the last check found wrong.",
            facts.ledger.differences,
        )
    if facts.last_backup_at is not None:
        yield gauge(
            "analytiq_backup_last_timestamp_seconds", "When the newest good backup was made.",
            facts.last_backup_at.timestamp(),
        )  # fmt: skip


def _counter(name: str, help: str, tally: Tally, *labels: str) -> Family:
    samples = [
        Sample(count, dict(zip(labels, values, strict=True)))
        for values, count in sorted(tally.counts().items())
    ]
    return Family(f"{name}_total", "counter", help, samples)
