"""Stopped at any point and started again: nothing lost, nothing doubled, the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disclosure_parser.batch.journal import Journal
from disclosure_parser.batch.version import parser_version
from tests.batch.poison import poisoned
from tests.batch.support import (
    SETTINGS,
    batch,
    by_name,
    digests,
    report,
    reports,
    tarred,
    zipped,
)

ROOT = Path(__file__).parents[2]


def make(folder: Path) -> list[Path]:
    """Sources of every kind: files, doubles, poison, archives."""
    inside = folder / "in"
    inside.mkdir(parents=True)
    for number in range(40):
        (inside / f"{number:03}.txt").write_bytes(report(number))
    for number in range(3):
        (inside / f"{number * 9:03}-bad.txt").write_bytes(poisoned("segfault", number))
        (inside / f"{number * 7:03}-twin.txt").write_bytes(report(number * 11))
    (inside / "a.zip").write_bytes(zipped([(f"{n}.txt", report(n)) for n in range(35, 60)]))
    (inside / "b.tar.gz").write_bytes(
        tarred([(f"{n}.txt", report(n)) for n in range(55, 80)], "gz")
    )
    (inside / "c.tar").write_bytes(tarred([(f"{n}.txt", report(n)) for n in range(75, 90)]))
    return [inside]


def attempts(dataset: Path) -> int:
    """How often a worker was given a content, over all runs whose results are there."""
    journal = Journal(dataset / "journal.sqlite", parser_version(SETTINGS))
    count = journal.attempts()
    journal.close()
    return count


def start(sources: list[Path], dataset: Path) -> subprocess.Popen[bytes]:
    """The command, in a process of its own."""
    command = [sys.executable, "-m", "disclosure_parser", "batch", "--no-ocr", *map(str, sources)]
    options = ["-o", str(dataset), "-j", "2", "--timeout", "60", "--preload", "tests.batch.poison"]
    return subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def size(dataset: Path) -> int:
    """Bytes of the log that the journal grows by."""
    try:
        return (dataset / "journal.sqlite-wal").stat().st_size
    except OSError:
        return 0


def children(pid: int) -> set[int]:
    """The processes below a process."""
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            listed = path.read_text().split()
        except OSError:
            continue  # the thread has ended
        for child in map(int, listed):
            found |= {child, *children(child)}
    return found


def alive(pid: int) -> bool:
    """Whether a process runs (and is not only waited for)."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], Path]:
    """Sources and the dataset of one unbroken run."""
    folder = tmp_path_factory.mktemp("unbroken")
    sources = make(folder)
    batch(sources, folder / "out")
    return sources, folder / "out"


def test_the_account_is_complete(unbroken: tuple[list[Path], Path]) -> None:
    _, out = unbroken
    journal = Journal(out / "journal.sqlite", parser_version(SETTINGS))
    rows = list(journal.rows())
    journal.close()
    assert len(rows) == 40 + 3 + 3 + 3 + 25 + 25 + 15
    found = reports(out)
    assert len(found) == 90, "each content once"
    assert {r["document"]["source"]["name"].split("/")[-1] for r in found} >= {
        "000-twin.txt",
        "001.txt",
        "89.txt",
    }


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to find processes")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_random_moments(
    unbroken: tuple[list[Path], Path], tmp_path: Path, seed: int
) -> None:
    sources, whole = unbroken
    out, moments = tmp_path / "out", random.Random(seed)
    kills = 0
    while True:
        process = start(sources, out)
        below: set[int] = set()
        # The first time surely on the way; then at any moment, also while it starts or writes.
        written = moments.uniform(0, 200_000 if kills == 0 else 2_000_000)
        end = time.monotonic() + (60 if kills == 0 else moments.uniform(0.2, 3.5))
        while process.poll() is None and kills < 6:
            time.sleep(0.01)
            below |= children(process.pid)
            if size(out) > written or time.monotonic() > end:
                break
        if kills < 6 and process.poll() is None:
            process.kill()
            kills += 1
        process.communicate(timeout=120)
        deadline = time.monotonic() + 10
        while any(map(alive, below)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not [pid for pid in below if alive(pid)], "workers outlive the batch"
        if process.returncode == 1:
            break
        assert process.returncode == -signal.SIGKILL
    assert kills > 0
    assert digests(out) == digests(whole)


def test_what_is_done_is_not_done_again(unbroken: tuple[list[Path], Path], tmp_path: Path) -> None:
    sources, whole = unbroken
    out, seen = tmp_path / "out", 0

    class StopError(Exception):
        pass

    def stop(now: object) -> None:
        nonlocal seen
        seen += getattr(now, "stage", "") == "parsing"
        if seen in (20, 50):
            seen += 1
            raise StopError

    for _ in range(2):
        with pytest.raises(StopError):
            batch(sources, out, watch=stop)
    batch(sources, out)
    assert digests(out) == digests(whole)
    assert attempts(out) == attempts(whole) == 90 + 3 * 2
    begun = (out / "dataset.json").stat().st_mtime_ns
    batch(sources, out)
    assert attempts(out) == 96, "a finished batch parses nothing"
    assert (out / "dataset.json").stat().st_mtime_ns >= begun
    assert digests(out) == digests(whole)


def test_an_interrupt_from_the_keyboard_is_said(
    unbroken: tuple[list[Path], Path], tmp_path: Path
) -> None:
    process = start(unbroken[0], tmp_path / "out")
    assert process.stderr is not None
    while b"parsing" not in process.stderr.readline():
        assert process.poll() is None
    os.kill(process.pid, signal.SIGINT)
    said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 130
    assert "start it again to go on" in said
    assert "Traceback" not in said


def test_files_that_are_added_taken_away_and_written_anew(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_bytes(report(number))
    batch([folder], out)
    (folder / "0.txt").write_bytes(report(2))
    (folder / "1.txt").unlink()
    (folder / "3.txt").write_bytes(report(30))
    batch([folder], out)
    batch([folder], tmp_path / "fresh")
    assert digests(out) == digests(tmp_path / "fresh")
    names = [r["document"]["source"]["name"].split("/")[-1] for r in reports(out)]
    assert names == ["0.txt", "3.txt"], "the content of 2.txt is now first found in 0.txt"


def test_failed_files_are_tried_again_when_asked(tmp_path: Path) -> None:
    folder, out, mark = tmp_path / "in", tmp_path / "out", tmp_path / "mark"
    folder.mkdir()
    (folder / "good.txt").write_bytes(report(1))
    (folder / "slow.txt").write_bytes(poisoned("hang"))
    (folder / "bad.txt").write_bytes(poisoned(f"once {mark}"))
    (folder / "gone.zip").write_bytes(zipped([("x.txt", report(5))])[:-30])
    first = by_name(batch([folder], out, timeout=2.0))
    assert first["slow.txt"]["error"]["code"] == "timeout"
    assert first["gone.zip"]["error"]["code"] == "corrupt"
    assert by_name(batch([folder], out))["slow.txt"]["status"] == "failed", "not unasked"
    before = attempts(out)
    again = by_name(batch([folder], out, timeout=2.0, retry_failed=True))
    assert again == first
    assert attempts(out) == before
    batch([folder], out, timeout=2.0, force=True)
    assert attempts(out) == before - 1, "what was harmful once is parsed at the first attempt"


def test_another_version_does_not_count(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_bytes(report(1))
    batch([folder], out)
    batch([folder], out, preload=())
    batch([folder], tmp_path / "fresh", preload=())
    assert digests(out) == digests(tmp_path / "fresh")


def test_shards_hold_every_file_once(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_bytes(report(number))
    found = [batch([folder], tmp_path / f"out-{index}", shard=(index, 3)) for index in (1, 2, 3)]
    names = sorted(entry["file"] for entries in found for entry in entries)
    assert names == sorted(str(path) for path in folder.iterdir())
    assert all(found)


def test_shards_keep_folders_together_wherever_the_source_is(tmp_path: Path) -> None:
    found = []
    for place in ("here", "there"):
        for number in range(24):
            path = tmp_path / place / f"agency-{number % 8}" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(report(number))
        out = tmp_path / f"out-{place}"
        found.append(
            [
                {entry["file"].removeprefix(str(tmp_path / place)) for entry in entries}
                for index in (1, 2, 3)
                for entries in [batch([tmp_path / place], out / str(index), shard=(index, 3))]
            ]
        )
    assert found[0] == found[1]
    folders = [{name.split("/")[1] for name in names} for names in found[0]]
    assert sum(map(len, folders)) == 8
