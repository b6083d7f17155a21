"""The DuckDB file: transactions, a cursor for every thread, and errors in the program's own terms."""

import platform
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from appliance.base.errors import AlreadyRunningError, StartError
from appliance.base.paths import DataPaths
from appliance.storage.database import Database, DatabaseError, ForsakenError, TooMuchError, sql
from appliance.storage.opening import Limits

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path)


def account(account_id: str, email: str | None = None) -> dict[str, object]:
    return {
        "account_id": account_id,
        "email": email or f"{account_id}@shop.example",
        "name": account_id,
        "password_hash": "",
        "role": "editor",
        "token_version": 1,
        "created_at": NOW,
    }


def count(database: Database) -> int:
    ((accounts,),) = database.read("accounts.count")
    return int(accounts)


def test_a_transaction_is_kept_when_its_block_ends(database: Database, paths: DataPaths) -> None:
    with database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
        transaction.run("accounts.insert", account("ben"))
    database.close()
    reopened = Database(paths)
    assert count(reopened) == 2
    reopened.close()


def endless(_text: str) -> str:
    return "SELECT count(*) FROM range(1000000000) AS a, range(1000000000) AS b WHERE a.range = 7 * b.range"


def test_a_query_that_takes_too_long_is_given_up_and_the_next_one_is_answered(database: Database) -> None:
    with pytest.raises(TooMuchError, match="took too long") as refusal:
        database.read("accounts.count", adapt=endless, within_s=0.0)
    assert refusal.value.retry_after_s > 0
    assert count(database) == 0


def test_what_nobody_waits_for_any_more_is_given_up_and_so_is_what_would_follow(database: Database) -> None:
    while_it_begins = iter([True])
    with database.while_awaited(lambda: next(while_it_begins, False)):
        with pytest.raises(ForsakenError):
            database.at_one_moment(lambda: database.read("accounts.count", adapt=endless))
        with pytest.raises(ForsakenError):
            count(database)
    assert count(database) == 0


def test_a_query_that_needs_too_much_memory_is_refused_and_the_next_one_is_answered(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "small")
    paths.root.mkdir()
    small = Database(paths, Limits(40))

    def huge(_text: str) -> str:
        return "SELECT list(range) FROM range(100000000)"

    with pytest.raises(TooMuchError, match="more memory"):
        small.read("accounts.count", adapt=huge)
    assert small.read("accounts.count", adapt=lambda _: "SELECT 1") == [(1,)]
    small.close()


def test_memory_is_given_back_and_the_limit_stays(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "large")
    paths.root.mkdir()
    large = Database(paths, Limits(500))

    def ask(text: str) -> list[tuple[Any, ...]]:
        return large.read("accounts.count", adapt=lambda _: text)

    limit = ask("SELECT current_setting('memory_limit')")
    ask("CREATE TABLE numbers AS SELECT range AS number, uuid() AS id FROM range(6000000)")
    cached = "SELECT sum(memory_usage_bytes) FROM duckdb_memory()"
    large.checkpoint()
    ask("SELECT max(id) FROM numbers")
    ((before,),) = ask(cached)
    large.trim()
    ((after,),) = ask(cached)
    assert (before > 80e6, after < 10e6) == (True, True)
    assert ask("SELECT current_setting('memory_limit')") == limit
    assert ask("SELECT count(*) FROM numbers") == [(6_000_000,)]
    large.close()


def test_the_usual_memory_is_allowed_until_something_asks_for_more(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path), Limits(500, usual_mb=50))

    def ask(text: str) -> list[tuple[Any, ...]]:
        return database.read("accounts.count", adapt=lambda _: text)

    def limit() -> object:
        return ask("SELECT current_setting('memory_limit')")[0][0]

    most = limit()
    large = "SELECT len(list(range)) FROM range(10000000)"
    database.trim()
    usual = limit()
    assert (most, usual) == ("476.8 MiB", "47.6 MiB")
    assert ask(large) == [(10_000_000,)]
    more = limit()
    assert more not in (most, usual)
    database.trim()
    assert limit() == usual
    assert database.at_one_moment(lambda: database.read("accounts.count", adapt=lambda _: large))
    assert limit() == more
    with pytest.raises(TooMuchError, match="more memory"):
        ask(large.replace("0)", "00)"))
    assert limit() == most
    with database.background():
        thread = threading.Thread(target=database.trim)
        thread.start()
        thread.join()
    assert limit() == most
    database.close()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="asks glibc how much memory is in use")
def test_queries_leave_nothing_in_memory(tmp_path: Path) -> None:
    """DuckDB keeps a note of each block that a window or a join ever had, until it looks for memory."""
    command = [sys.executable, "-m", "tests.storage.in_use", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    before, after = map(int, told.split())
    assert after - before < 500_000


def test_an_error_in_the_block_leaves_nothing_of_it(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
        _ = 1 / 0
    assert count(database) == 0


def test_a_failed_statement_leaves_nothing_of_its_transaction(database: Database) -> None:
    with pytest.raises(DatabaseError, match="ann"), database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
        transaction.run("accounts.insert", account("ann", "another@shop.example"))
    assert count(database) == 0


def test_a_commit_that_fails_leaves_nothing(database: Database) -> None:
    """Past the lock for writers, another transaction takes the same key."""
    intruder = database._root.cursor()
    intruder.begin()
    intruder.execute(sql("accounts.insert"), account("ann"))
    with pytest.raises(DatabaseError, match="commit"), database.write() as transaction:
        transaction.run("accounts.insert", account("ben"))
        transaction.run("accounts.insert", account("ann"))
        intruder.commit()
    assert count(database) == 1
    with database.write() as transaction:
        transaction.run("accounts.insert", account("ben"))


def test_after_a_failed_transaction_the_next_one_works(database: Database) -> None:
    with pytest.raises(DatabaseError), database.write() as transaction:
        transaction._cursor.execute("SELECT * FROM missing")
    with database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
    assert count(database) == 1


def test_readers_see_nothing_before_the_commit(database: Database) -> None:
    with ThreadPoolExecutor(1) as other:
        with database.write() as transaction:
            transaction.run("accounts.insert", account("ann"))
            assert count(database) == 1, "its own thread does"
            assert other.submit(count, database).result(10) == 0
        assert other.submit(count, database).result(10) == 1


def insert_elsewhere(database: Database, account_id: str) -> None:
    """On another thread, as a load does it."""
    with ThreadPoolExecutor(1) as other:
        other.submit(insert, database, account_id).result()


def insert(database: Database, account_id: str) -> None:
    with database.write() as transaction:
        transaction.run("accounts.insert", account(account_id))


def test_at_one_moment_everything_is_read_of_the_same_state(database: Database) -> None:
    def counts() -> list[int]:
        before = count(database)
        insert_elsewhere(database, "ann")
        database.checkpoint()
        return [before, count(database), database.at_one_moment(lambda: count(database))]

    assert database.at_one_moment(counts) == [0, 0, 0]
    assert count(database) == 1


def test_what_is_prepared_is_made_once_and_gone_after_the_moment(database: Database) -> None:
    def table(_text: str) -> str:
        return "CREATE TEMP TABLE prepared AS SELECT * FROM accounts"

    def from_table(_text: str) -> str:
        return "SELECT count(*) FROM prepared"

    def work() -> object:
        for _ in range(2):
            database.prepare("all", "accounts.count", {}, table, 15.0)
        return database.read("accounts.count", adapt=from_table)

    for number in range(2):
        assert database.at_one_moment(work) == [(number,)]
        insert(database, f"account {number}")
    with pytest.raises(DatabaseError, match="prepared does not exist"):
        database.read("accounts.count", adapt=from_table)


def test_a_moment_that_fails_is_over_and_the_next_thing_works(database: Database) -> None:
    def broken(_text: str) -> str:
        return "SELECT error('no')"

    with pytest.raises(DatabaseError, match="no"):
        database.at_one_moment(lambda: database.read("accounts.count", adapt=broken))
    insert(database, "ann")
    assert database.at_one_moment(lambda: count(database)) == 1


def test_sixteen_threads_read_and_write_and_get_their_own_rows(database: Database) -> None:
    def work(thread: int) -> list[str]:
        crossed = []
        for number in range(10):
            name = f"t{thread}n{number}"
            with database.write() as transaction:
                transaction.run("accounts.insert", account(name))
            for _ in range(5):
                row = database.read_one("accounts.by_id", {"account_id": name})
                if row is None or row[:3] != (name, f"{name}@shop.example", name):
                    crossed.append(f"{name} got {row}")
        return crossed

    with ThreadPoolExecutor(16) as pool:
        assert [line for lines in pool.map(work, range(16)) for line in lines] == []
    assert count(database) == 160


def test_instants_come_back_as_they_went_in(database: Database) -> None:
    nepal = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    site = {
        "site_id": "site_a",
        "owner_user_id": "ann",
        "name": "Shop",
        "url": "https://shop.example",
        "site_key": "",
        "key_version": 1,
        "created_at": nepal,
        "timezone": "Asia/Kathmandu",
    }
    with database.write() as transaction:
        transaction.run("sites.insert", site)
    (row,) = database.read("sites.all")
    assert row[8] == NOW
    assert row[8].tzinfo is UTC
    assert database._cursor().execute("SELECT created_at FROM sites").fetchall() == [
        (NOW.replace(tzinfo=None),)
    ]


def test_reading_one_row_gives_none_where_there_is_none(database: Database) -> None:
    assert database.read_one("accounts.by_id", {"account_id": "nobody"}) is None


def test_a_query_is_the_text_of_its_file() -> None:
    assert sql("accounts.count").strip() == "SELECT count(*) FROM accounts;"


def test_a_clean_exit_leaves_no_write_ahead_log(database: Database, paths: DataPaths) -> None:
    with database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
    assert paths.write_ahead_log.exists()
    database.close()
    assert not paths.write_ahead_log.exists()


def test_a_checkpoint_empties_the_write_ahead_log(database: Database, paths: DataPaths) -> None:
    with database.write() as transaction:
        transaction.run("accounts.insert", account("ann"))
    database.checkpoint()
    assert not paths.write_ahead_log.exists() or paths.write_ahead_log.stat().st_size == 0


def test_a_closed_database_fails_in_the_programs_own_terms(database: Database) -> None:
    def write() -> None:
        with database.write():
            pass

    with ThreadPoolExecutor(1) as fresh_thread:
        database.close()
        for use in (lambda: count(database), write, database.checkpoint):
            with pytest.raises(DatabaseError):
                use()
            with pytest.raises(DatabaseError):
                fresh_thread.submit(use).result(10)


def test_a_database_that_another_program_holds_is_named(paths: DataPaths) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(paths.database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(AlreadyRunningError, match=r"analytiq\.duckdb open\. Close it and start again"):
            Database(paths)
        other.communicate(b"")


def damaged(database: Database, paths: DataPaths) -> bytes:
    """The file with a flipped bit in its header, whose checksum is that of a "block"."""
    database.close()
    content = bytearray(paths.database.read_bytes())
    content[4096 + 20] ^= 1
    return bytes(content)


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 20_000, None])
def test_a_damaged_file_is_refused_named_and_left_untouched(
    database: Database, paths: DataPaths, content: bytes | None
) -> None:
    whole = damaged(database, paths)
    content = whole if content is None else content
    paths.database.write_bytes(content)
    with pytest.raises(StartError, match=r"cannot be read: .*left untouched; put back a backup") as caught:
        Database(paths)
    assert not isinstance(caught.value, AlreadyRunningError)
    assert str(paths.database) in str(caught.value)
    assert paths.database.read_bytes() == content


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        StartError, match=r"blocked.analytiq\.duckdb cannot be opened: .*may write there"
    ) as caught:
        Database(DataPaths(tmp_path / "blocked"))
    assert not isinstance(caught.value, AlreadyRunningError)


def test_the_limit_of_memory_is_set(tmp_path: Path) -> None:
    database = Database(DataPaths(tmp_path), Limits(100))
    ((limit,),) = database._cursor().execute("SELECT current_setting('memory_limit')").fetchall()
    database.close()
    assert limit == "95.3 MiB"
