"""How often the guardian cries wolf on months of the demo's traffic, and how soon it tells of a real silence.

PYTHONPATH=. .venv/bin/python bench/guardian.py [seeds]
"""

import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from appliance.guardian.usual import LEARNED, Usual
from appliance.samples import demo_shop
from appliance.samples.demo_traffic import SPAN, Traffic

END = datetime(2026, 9, 17, tzinfo=UTC)
LOOK = timedelta(minutes=5)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo(demo_shop.TIME_ZONE)


class Months:
    """A site's traffic: when its events happened, and the visits that began in each hour."""

    def __init__(self, seed: int) -> None:
        self.events: list[datetime] = []
        self.hours: Counter[datetime] = Counter()
        last: dict[str, datetime] = {}
        for at, event in Traffic(seed, END).events(END - SPAN):
            self.events.append(at)
            visitor = str(event["visitor_id"])
            if at - last.get(visitor, END - 2 * SPAN) > timedelta(minutes=30):
                self.hours[at.replace(minute=0, second=0, microsecond=0)] += 1
            last[visitor] = at

    def usual(self, now: datetime) -> Usual:
        until = now.replace(minute=0, second=0, microsecond=0)
        known = {hour: visits for hour, visits in self.hours.items() if until - LEARNED <= hour < until}
        return Usual(ZONE, known, until)

    def last_event(self, now: datetime) -> datetime:
        return self.events[bisect_right(self.events, now) - 1]


def false_alarms(months: Months, start: datetime) -> tuple[int, int]:
    silences, spikes, silent, now = 0, 0, False, start
    usual = months.usual(now)
    while now < END:
        if now.minute == 0:
            usual = months.usual(now)
            spikes += usual.is_spike(now - HOUR, months.hours[now - HOUR])
        before, silent = silent, usual.is_silent(months.last_event(now), now)
        silences += silent and not before
        now += LOOK
    return silences, spikes


def told_after(months: Months, cut: datetime) -> timedelta:
    """From the first event that does not arrive any more."""
    last = months.events[bisect_left(months.events, cut) - 1]
    usual, now = months.usual(cut), cut
    while not usual.is_silent(last, now):
        now += LOOK
    return now - cut


def main(seeds: int) -> None:
    silences = spikes = 0
    days, nights = [], []
    for seed in range(seeds):
        months = Months(seed)
        start = END - SPAN + timedelta(weeks=4)
        quiet, loud = false_alarms(months, start)
        silences, spikes = silences + quiet, spikes + loud
        for day in range((END - start).days - 2):
            midnight = start + timedelta(days=day)
            days.append(told_after(months, midnight + timedelta(hours=8)))
            nights.append(told_after(months, midnight + timedelta(hours=22)))
    print(f"{seeds} sites, {SPAN.days - 28} days each after four weeks of learning")
    print(f"  visits an hour: {sum(months.hours.values()) / SPAN.days / 24:.1f} on average")
    print(f"  alarms on normal traffic: {silences} of silence, {spikes} of spikes")
    for name, found in (("morning (8 UTC)", days), ("evening (22 UTC)", nights)):
        worst = sorted(found)[int(len(found) * 0.95)]
        print(f"  silent from the {name} on: told after {median(found)} (median), {worst} (95 of 100)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
