"""What goes on after going back to a backup, and knows of what it was before."""

from datetime import timedelta
from pathlib import Path

from appliance.imports.records import COMMAND_LINE
from tests.backups.test_restoring import Shop, shop  # noqa: F401  (a fixture)


def test_events_of_an_import_that_it_cut_off_are_no_other_imports(
    shop: Shop,  # noqa: F811
    tmp_path: Path,
) -> None:
    file = shop.back_up()
    history = tmp_path / "access.log"
    entry = '203.0.113.9 - - [01/May/2024:10:00:00 +0200] "GET /{} HTTP/1.1" 200 1 "-" "Firefox/120.0"'
    history.write_text(entry.format("cut-off"))
    shop.program.loader.hold()
    shop.program.imports.run(shop.alice.shop, history, "history", COMMAND_LINE)
    shop.program.loader.release()
    shop.go_back(file)
    shop.start_again()
    assert shop.paths == ["/cut-off"]
    history.write_text(entry.format("another"))
    other = shop.program.imports.run(shop.alice.shop, history, "history", COMMAND_LINE)
    assert len(shop.paths) == 2
    shop.program.imports.undo(shop.alice.shop, other.import_id, COMMAND_LINE)
    assert shop.paths == ["/cut-off"]
    assert shop.is_well()


def test_no_report_is_sent_again_that_was_sent_since_the_backup(
    shop: Shop,  # noqa: F811
) -> None:
    shop.program.subscriptions.choose(shop.alice.account.account_id, shop.alice.shop, {"weekly", "monthly"})
    file = shop.back_up()
    (monthly, weekly) = shop.program.subscriptions.all()
    sent = weekly.sent_until + timedelta(days=7)
    assert shop.program.subscriptions.note(weekly, weekly.sent_until, sent)
    shop.go_back(file)
    shop.start_again()
    found = [subscription.sent_until for subscription in shop.program.subscriptions.all()]
    assert found == [monthly.sent_until, sent]
