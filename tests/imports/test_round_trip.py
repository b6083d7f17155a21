"""What was exported and is imported into an empty program gives the same report, byte for byte."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from appliance.base.timerange import TimeRange
from appliance.imports.records import COMMAND_LINE
from appliance.reports.exports import Format, Wanted
from appliance.sites.sites import Site
from tests.oracle.logs import Log, logs
from tests.oracle.world import World

GOALS = (("Signed up", "event", "signup"), ("Bought", "path", "/shop/*/thanks"))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    one, other = World(tmp_path_factory.mktemp("one")), World(tmp_path_factory.mktemp("other"))
    yield one, other
    one.stop()
    other.stop()


def days(log: Log, site: Site) -> TimeRange:
    """All that can be in it."""
    first = min((each.arrival for batch in log.batches for each in batch), default=log.now)
    return TimeRange((first - timedelta(days=9)).date(), (log.now + timedelta(days=9)).date(), site.zone)


@settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(log=logs(), format_=st.sampled_from(["csv", "json"]))
def test_an_export_imported_into_an_empty_program_gives_the_same_report(
    worlds: tuple[World, World], tmp_path_factory: pytest.TempPathFactory, log: Log, format_: Format
) -> None:
    here, there = worlds
    played = here.play(log)
    there.clock.set(log.now.isoformat())
    for site in played.sites:
        span = days(log, site)
        file = tmp_path_factory.mktemp("export") / "events"
        with here.program.exports.make(Wanted(site, span, (), "events", format_)) as exported:
            file.write_bytes(exported.read())
        copy = there.program.sites.create(there.owner.account.account_id, site.name, site.url, site.timezone)
        for world, own in ((here, site), (there, copy)):
            for goal in GOALS:
                world.program.goals.create(own, *goal)
        if file.stat().st_size:
            done = there.program.imports.run(copy, file, file.name, COMMAND_LINE)
            assert done.refused_lines == []
        assert answers(there, copy, span) == answers(here, site, span)


def answers(world: World, site: Site, span: TimeRange) -> list[bytes]:
    """As they go over the network; ids of goals are each program's own."""
    days = f"from={span.first}&to={span.last}"
    asked = (
        f"report?{days}",
        f"timeseries?{days}&metric=visitors,pageviews,visits,conversions&granularity=hour",
        f"breakdown?{days}&dimension=property",
        f"breakdown?{days}&dimension=exit_page",
    )
    found = []
    for what in asked:
        answer = world.web.get(f"/api/sites/{site.site_id}/{what}", headers=world.owner.headers)
        assert answer.status_code == 200
        content = answer.get_data()
        for goal in world.program.goals.of(site):
            content = content.replace(goal.goal_id.encode(), goal.name.encode())
        found.append(content)
    return found
