"""The made-up shop: its visitors look like people, and come in through the same door as anybody's."""

import os
import stat
import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path

import pytest

from appliance import assembly, demo
from appliance.base import config, timerange
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.events import bodies, events
from appliance.events.enrichment import agents, countries
from appliance.events.metrics import CURRENT, SOURCES
from appliance.ingest.ingest import Client
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.samples.demo_traffic import SPAN, Traffic
from appliance.samples.demo_visits import Happening
from appliance.sites.sites import Site
from tests.clocks import FrozenClock

END = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
DAYS = 3
PASSWORD = "a password of the demo"


@pytest.fixture(scope="module")
def quarter() -> list[Happening]:
    return list(Traffic(demo.SEED, END).events(since=END - SPAN))


@pytest.fixture
def shop(program: Runtime) -> Site:
    return demo.open_shop(program, PASSWORD)


@pytest.fixture
def visitors(program: Runtime, shop: Site) -> demo.Visitors:
    return demo.Visitors(program, shop, threading.Event())


@pytest.fixture
def few_days(program: Runtime, shop: Site) -> None:
    """An event three days ago, as if the demo had run until then; only what came later is missing."""
    then = program.clock.now() - timedelta(days=DAYS)
    body = f'[{{"event_type": "pageview", "path": "/", "timestamp": "{then.isoformat()}"}}]'.encode()
    credentials = Credentials(shop.site_id, program.sites.key(shop))
    program.ingest.accept_bulk(body, False, credentials, Client("127.0.0.1", "", limited=False))
    program.loader.load_pending()


def visits_by_weekday(happenings: list[Happening]) -> Counter[int]:
    began: dict[str, datetime] = {}
    for at, event in happenings:
        began.setdefault(event["session_id"], at)
    return Counter(at.weekday() for at in began.values())


def test_the_same_seed_and_end_give_the_same_events() -> None:
    first, second = (list(islice(Traffic(7, END).events(since=END - SPAN), 2000)) for _ in range(2))
    assert first == second


def test_another_seed_gives_other_visitors() -> None:
    first, second = (
        {event["visitor_id"] for _, event in islice(Traffic(seed, END).events(since=END - SPAN), 2000)}
        for seed in (7, 8)
    )
    assert first.isdisjoint(second)


def test_a_part_of_the_time_has_the_same_events_as_the_whole(quarter: list[Happening]) -> None:
    since = END - timedelta(days=5)
    assert list(Traffic(demo.SEED, END).events(since)) == [h for h in quarter if h[0] > since]


def test_events_are_in_order_of_time_and_end_now(quarter: list[Happening]) -> None:
    times = [at for at, _ in quarter]
    assert times == sorted(times)
    assert END - SPAN < times[0] < END - SPAN + timedelta(hours=1)
    assert END - timedelta(hours=1) < times[-1] <= END


def test_there_are_enough_events_for_a_first_look_and_not_too_many_to_wait_for(
    quarter: list[Happening],
) -> None:
    assert 60_000 < len(quarter) < 100_000


def test_every_event_is_one_that_ingestion_takes(quarter: list[Happening]) -> None:
    for at, event in quarter:
        assert events.parse(bodies.clean(event)).timestamp == at


def test_every_visitor_has_a_country_and_a_browser_that_is_no_bot(quarter: list[Happening]) -> None:
    described = [agents.describe(name) for name in {event["user_agent"] for _, event in quarter}]
    assert not [agent for agent in described if agent.is_bot]
    assert {agent.device for agent in described} == {"desktop", "mobile", "tablet"}
    assert all(countries.of_time_zone(zone) for zone in {event["timezone"] for _, event in quarter})


def test_sunday_is_the_strongest_day_and_friday_the_weakest_workday(quarter: list[Happening]) -> None:
    # Without the two days on which more people came than on any other.
    ordinary = [
        h for h in quarter if "hacker" not in str(h[1]["referrer"]) and "new-season" not in h[1]["url"]
    ]
    visits = visits_by_weekday(ordinary)
    assert visits[6] == max(visits.values())
    assert visits[6] > 1.2 * visits[2]
    assert visits[5] > visits[2]


def test_the_newsletter_and_the_mention_are_peaks(quarter: list[Happening]) -> None:
    began: dict[str, datetime] = {}
    for at, event in quarter:
        began.setdefault(event["session_id"], at)
    visits = Counter((END.date() - at.date()).days for at in began.values())
    newsletter, mention, week = 20, 54, 7
    assert visits[newsletter] > 1.7 * visits[newsletter + week]
    assert visits[mention] > 2.5 * visits[mention + week]
    assert visits.most_common(1)[0][0] == mention


def test_visitors_come_back(quarter: list[Happening]) -> None:
    visits: dict[str, set[str]] = {}
    for _, event in quarter:
        visits.setdefault(event["visitor_id"], set()).add(event["session_id"])
    share = sum(len(sessions) > 1 for sessions in visits.values()) / len(visits)
    assert 0.1 < share < 0.4


def test_a_purchase_follows_its_cart(quarter: list[Happening]) -> None:
    added: Counter[str] = Counter()
    for _, event in quarter:
        if event["event_type"] == "add_to_cart":
            added[event["session_id"]] += event["custom"]["price"]
        elif event["event_type"] == "purchase":
            assert added[event["session_id"]] > 0
            assert event["custom"]["order_value"] == added.pop(event["session_id"])


@pytest.mark.usefixtures("few_days")
def test_the_report_of_the_filled_days_is_that_of_a_shop(
    program: Runtime, shop: Site, visitors: demo.Visitors
) -> None:
    visitors.fill()
    program.loader.load_pending()
    today = program.clock.now().date()
    span = timerange.TimeRange(today - timedelta(days=DAYS - 1), today, shop.zone)
    report = program.reports.site_report(shop, span)
    assert 300 < report.visits < 600
    assert 0.8 * report.visits < report.unique_visitors < report.visits
    assert 2 < report.total_pageviews / report.visits < 4
    assert 30 < report.bounce_rate_percent < 50
    assert 60 < report.avg_time_spent_on_site_sec < 240
    assert 800 < report.load_ms.p50 < report.load_ms.p95 < 6000
    vitals = program.vitals.of(shop, span, limit=9)
    assert vitals.lcp_ms and vitals.inp_ms and vitals.cls
    assert {vitals.lcp_ms.rating, vitals.inp_ms.rating, vitals.cls.rating} == {"good"}
    assert len(vitals.pages) == 9
    assert {share.source for share in report.traffic_sources} == set(SOURCES)
    assert {"Chrome", "Safari", "Firefox", "Edge"} <= {share.name for share in report.browsers}


@pytest.mark.usefixtures("few_days")
def test_filling_again_adds_nothing(program: Runtime, visitors: demo.Visitors) -> None:
    assert visitors.fill() > 1000
    program.loader.load_pending()
    assert visitors.fill() == 0


@pytest.mark.usefixtures("few_days")
def test_a_day_later_only_that_day_is_missing(
    program: Runtime, shop: Site, visitors: demo.Visitors, clock: FrozenClock
) -> None:
    visitors.fill()
    program.loader.load_pending()
    filled_until = program.overview.status(shop).last_event_at
    clock.advance(days=1)
    added = demo.Visitors(program, shop, threading.Event()).fill()
    program.loader.load_pending()
    assert filled_until
    assert 400 < added < 2000
    last_event_at = program.overview.status(shop).last_event_at
    assert last_event_at and last_event_at > filled_until + timedelta(hours=23)


def test_a_handful_of_visitors_is_there_at_any_moment() -> None:
    hour = timedelta(hours=1)
    live = list(takewhile(lambda h: h[0] < END + 6 * hour, Traffic(demo.SEED, END).live(since=END)))
    present = []
    for minute in range(10, 360, 10):
        now = END + timedelta(minutes=minute)
        present.append(len({e["visitor_id"] for at, e in live if now - CURRENT < at <= now}))
    assert 5 < sum(present) / len(present) < 15
    assert max(present) < 25


def test_live_visitors_that_are_due_are_sent_and_the_end_stops_them(program: Runtime, shop: Site) -> None:
    stopping = threading.Event()
    coming = threading.Thread(target=demo.Visitors(program, shop, stopping).keep_coming)
    coming.start()
    try:
        assert program.journal.has_data.wait(5)
    finally:
        stopping.set()
        coming.join(5)
    assert not coming.is_alive()


def test_a_stopped_program_gets_no_visitors(program: Runtime, shop: Site) -> None:
    stopping = threading.Event()
    stopping.set()
    assert demo.Visitors(program, shop, stopping).fill() == 0
    assert program.journal.pending == 0


def test_the_demo_lives_beside_the_real_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYTIQ_DATA_DIR", str(tmp_path / "real"))
    assert demo.apart(config.load()).data_dir == tmp_path / "real-demo"
    assert demo.apart(config.load({"data_dir": tmp_path / "other"})).data_dir == tmp_path / "other"


def test_data_that_is_not_the_demos_is_left_alone(program: Runtime) -> None:
    with pytest.raises(StartError, match="not the demo's"):
        demo.apart(program.config)


def test_the_demo_lets_its_viewer_in_again_after_a_restart(settings: Config, clock: FrozenClock) -> None:
    apart = demo.apart(settings)
    sites = set()
    for _ in range(2):
        password = demo.read_or_make_password(apart)
        # As outside of tests: nobody else may sign up.
        parts = assembly.build(replace(apart, signup="closed"), clock)
        sites.add(demo.open_shop(parts, password).site_id)
        parts.stop()
    assert len(sites) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the owner's rights elsewhere")
def test_the_password_is_for_its_owner_only(settings: Config) -> None:
    demo.read_or_make_password(settings)
    mode = (settings.data_dir / "demo-password.txt").stat().st_mode
    assert stat.S_IMODE(mode) == stat.S_IRUSR | stat.S_IWUSR
