"""The promise behind a 2xx: what append returned for is on disk, and only that is loaded."""

import errno
import os
import threading
from pathlib import Path

import pytest

from appliance.base.errors import UnavailableError
from appliance.base.waiting import Answer
from appliance.storage import journal
from appliance.storage.journal import APPEND_TIMEOUT_S, Journal


def opened_at(folder: Path, loaded_batch: int) -> Journal:
    opened = Journal(folder)
    opened.open(loaded_batch)
    return opened


def lines_on_disk(folder: Path) -> list[bytes]:
    return [line for path in sorted(folder.glob("*.ndjson")) for line in path.read_bytes().splitlines()]


def test_what_was_appended_is_there_for_the_next_run(tmp_path: Path) -> None:
    append(opened_at(tmp_path, 0), [b"one", b"two"])
    # No close: as after a kill.
    (batch,) = opened_at(tmp_path, 0).seal()
    assert (batch.number, batch.path.read_bytes()) == (1, b"one\ntwo\n")


def test_append_returns_after_the_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bytes] = []
    real = os.fdatasync

    def watch(handle: int) -> None:
        real(handle)
        synced.extend(lines_on_disk(tmp_path))

    monkeypatch.setattr(os, "fdatasync", watch)
    append(opened_at(tmp_path, 0), [b"one"])
    assert synced == [b"one"]


def test_a_torn_last_line_is_cut_and_the_rest_kept(tmp_path: Path) -> None:
    (tmp_path / "000000000004.ndjson").write_bytes(b"whole\ntor")
    (batch,) = opened_at(tmp_path, 3).seal()
    assert batch.path.read_bytes() == b"whole\n"


def test_lines_with_holes_are_taken_out_and_the_rest_kept(tmp_path: Path) -> None:
    """A power cut leaves zeros where something was written and not synced."""
    (tmp_path / "000000000004.ndjson").write_bytes(b"whole\nt\0\0\0n\nlater\n\0\0")
    (batch,) = opened_at(tmp_path, 3).seal()
    assert batch.path.read_bytes() == b"whole\nlater\n"
    assert batch.length == 12


def test_batches_that_the_database_holds_are_not_loaded_and_go_at_its_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "000000000003.ndjson").write_bytes(b"loaded\n")
    (tmp_path / "000000000004.ndjson").write_bytes(b"new\n")
    opened = opened_at(tmp_path, 3)
    (batch,) = opened.seal()
    assert batch.number == 4
    opened.loaded(batch)
    assert lines_on_disk(tmp_path) == [b"loaded", b"new"]
    opened.discard(3)
    assert lines_on_disk(tmp_path) == [b"new"]
    opened.discard(4)
    assert lines_on_disk(tmp_path) == []


def test_what_could_not_be_cut_off_at_once_is_cut_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_at(tmp_path, 0)
    append(opened, [b"safe"])
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", _fail)
        broken.setattr(os, "ftruncate", lambda handle, _size: _fail(handle))
        with pytest.raises(UnavailableError):
            append(opened, [b"refused"])
    (batch,) = opened.seal()
    assert batch.path.read_bytes() == b"safe\n"


def test_a_file_that_has_grown_long_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MAX_FILE_BYTES", 10)
    opened = opened_at(tmp_path, 0)
    for line in (b"0123456789", b"next"):
        append(opened, [line])
    assert [batch.path.read_bytes() for batch in opened.seal()] == [b"0123456789\n", b"next\n"]


def test_numbers_go_on_after_everything_that_was_ever_there(tmp_path: Path) -> None:
    (tmp_path / "000000000007.ndjson").write_bytes(b"left\n")
    opened = opened_at(tmp_path, 3)
    append(opened, [b"new"])
    assert [batch.number for batch in opened.seal()] == [7, 8]


def test_a_number_that_is_not_there_means_a_lost_file(tmp_path: Path) -> None:
    for number in (5, 8):
        (tmp_path / f"{number:012d}.ndjson").write_bytes(b"left\n")
    assert opened_at(tmp_path, 3).missing == 3
    assert opened_at(tmp_path, 8).missing == 0


def test_a_file_that_never_held_a_line_leaves_no_gap_in_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_at(tmp_path, 0)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", _fail)
        with pytest.raises(UnavailableError):
            append(opened, [b"unsure"])
    append(opened, [b"after"])
    assert [batch.number for batch in opened.seal()] == [1]


def test_a_disk_on_which_nothing_can_even_be_removed_does_not_end_the_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_at(tmp_path, 0)
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", _fail)
        broken.setattr(Path, "unlink", lambda _path, missing_ok=False: _fail(missing_ok))
        with pytest.raises(UnavailableError):
            append(opened, [b"unsure"])
    append(opened, [b"after"])
    assert [batch.path.read_bytes() for batch in opened.seal()] == [b"after\n"]


def test_many_writers_at_once_all_arrive_whole(tmp_path: Path) -> None:
    opened = opened_at(tmp_path, 0)
    names = [[b"%d-%d" % (writer, n) for n in range(20)] for writer in range(16)]

    def write(own: list[bytes]) -> None:
        for line in own:
            append(opened, [line])

    threads = [threading.Thread(target=write, args=(own,)) for own in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    opened.close()
    assert sorted(lines_on_disk(tmp_path)) == sorted(line for own in names for line in own)


def test_a_failed_sync_is_never_acknowledged_and_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = opened_at(tmp_path, 0)
    append(opened, [b"safe"])
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", _fail)
        with pytest.raises(UnavailableError, match="not stored"):
            append(opened, [b"unsure"])
    append(opened, [b"after"])
    assert [batch.path.read_bytes() for batch in opened.seal()] == [b"safe\n", b"after\n"]


def test_more_than_can_wait_is_refused_instead_of_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MAX_WAITING_BYTES", 3)
    with pytest.raises(UnavailableError, match="Send it again") as refusal:
        append(opened_at(tmp_path, 0), [b"1", b"2", b"3", b"4"])
    assert refusal.value.retry_after_s > 0


def test_lines_that_still_wait_can_be_given_up_and_are_then_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk_answers, begun = threading.Event(), threading.Event()
    real = os.fdatasync

    def hang(handle: int) -> None:
        begun.set()
        disk_answers.wait()
        real(handle)

    monkeypatch.setattr(os, "fdatasync", hang)
    opened = opened_at(tmp_path, 0)
    first, second = Answer[None](), Answer[None]()
    give_up_first = opened.append([b"begun"], first.tell)
    begun.wait()
    give_up_second = opened.append([b"waiting"], second.tell)
    with pytest.raises(UnavailableError, match="in time"):
        second.wait(give_up_second, 0)
    give_up_first()
    disk_answers.set()
    first.wait(give_up_first, APPEND_TIMEOUT_S)
    opened.close()
    assert lines_on_disk(tmp_path) == [b"begun"]


def test_a_caller_that_fails_when_told_stops_nobody_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    opened = opened_at(tmp_path, 0)

    def fail(_error: UnavailableError | None) -> None:
        raise ValueError("a fault of the caller")

    opened.append([b"one"], fail)
    append(opened, [b"two"])
    assert lines_on_disk(tmp_path) == [b"one", b"two"]
    assert "could not be told" in caplog.text


def test_nothing_is_taken_after_closing(tmp_path: Path) -> None:
    opened = opened_at(tmp_path, 0)
    opened.close()
    with pytest.raises(UnavailableError):
        append(opened, [b"late"])


def append(opened: Journal, lines: list[bytes]) -> None:
    """Returns when the lines are on disk. Raises UnavailableError."""
    answer = Answer[None]()
    answer.wait(opened.append(lines, answer.tell), APPEND_TIMEOUT_S)


def _fail(_handle: object) -> None:
    raise OSError(errno.EIO, "Input/output error")
