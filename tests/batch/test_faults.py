"""What goes wrong costs one file: crashes, hangs, bombs, full disks, vanishing files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from disclosure_parser.batch import BatchError, JsonLines, Settings, parse_many, run_batch
from disclosure_parser.batch.journal import Journal
from disclosure_parser.batch.version import parser_version
from tests.batch.poison import Greedy, poisoned
from tests.batch.support import SETTINGS, agency, batch, by_name, digests, report, reports

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve reports that are fine."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(12):
        (made / f"{number:02}.txt").write_bytes(report(number))
    return made


@pytest.mark.parametrize(
    ("harm", "code", "told"),
    [
        ("segfault", "crash", "SIGSEGV"),
        ("abort", "crash", "SIGABRT"),
        ("exit", "crash", "code 7"),
        ("kill", "crash", "SIGKILL"),
        ("native", "crash", "SIGABRT"),
        ("garbage", "crash", ""),
    ],
)
def test_a_crash_costs_one_file(
    folder: Path, tmp_path: Path, harm: str, code: str, told: str
) -> None:
    (folder / "05-bad.txt").write_bytes(poisoned(harm))
    found = by_name(batch([folder], tmp_path / "out", memory=2**30))
    assert len(found) == 13
    bad = found.pop("05-bad.txt")
    assert {entry["status"] for entry in found.values()} == {"complete"}
    assert (bad["status"], bad["error"]["code"]) == ("failed", code)
    assert told in bad["error"]["message"]
    assert len(reports(tmp_path / "out")) == 12


def test_a_crash_says_where_in_the_code(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.txt").write_bytes(poisoned("segfault"))
    found = by_name(batch([folder], tmp_path / "out"))
    assert "ctypes/__init__.py" in found["bad.txt"]["error"]["place"]


def test_a_hang_costs_one_file_and_its_time(folder: Path, tmp_path: Path) -> None:
    (folder / "05-bad.txt").write_bytes(poisoned("hang"))
    began = time.monotonic()
    found = by_name(batch([folder], tmp_path / "out", timeout=3.0))
    assert time.monotonic() - began < 60
    assert found["05-bad.txt"]["error"]["code"] == "timeout"
    assert sum(entry["status"] == "complete" for entry in found.values()) == 12


def test_memory_without_end_costs_one_file(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        (folder / f"bad-{number}.txt").write_bytes(poisoned("memory", number))
    sinks = (JsonLines(), Greedy())
    found = by_name(batch([folder], tmp_path / "out", sinks=sinks, memory=2**29))
    bad = [found.pop(f"bad-{number}.txt") for number in range(3)]
    assert [entry["error"]["code"] for entry in bad] == ["memory"] * 3
    assert {entry["status"] for entry in found.values()} == {"complete"}


def test_what_is_raised_in_c_or_by_a_sink_is_an_error_of_ours(folder: Path, tmp_path: Path) -> None:
    (folder / "raise.txt").write_bytes(poisoned("raise"))
    (folder / "sink.txt").write_bytes(poisoned("sink"))
    found = by_name(batch([folder], tmp_path / "out", sinks=(JsonLines(), Greedy())))
    assert found["raise.txt"]["status"] == "partial"
    assert found["raise.txt"]["error"]["code"] == "section.failed"
    assert found["sink.txt"]["error"]["error"] == "InternalError"
    assert "LookupError: this sink cannot" in found["sink.txt"]["error"]["message"]


def test_a_lost_worker_is_tried_once_more(folder: Path, tmp_path: Path) -> None:
    (folder / "once.txt").write_bytes(poisoned(f"once {tmp_path / 'mark'}"))
    (folder / "twice.txt").write_bytes(poisoned("segfault"))
    out = tmp_path / "out"
    found = by_name(batch([folder], out))
    assert found["once.txt"]["status"] == "complete"
    assert found["twice.txt"]["status"] == "failed"
    journal = Journal(out / "journal.sqlite", parser_version(SETTINGS))
    assert journal.attempts() == 12 + 2 + 2
    journal.close()


def test_many_poisons_among_few_workers(folder: Path, tmp_path: Path) -> None:
    harms = ["segfault", "exit", "kill", "abort", "garbage"]
    for number in range(30):
        name = folder / f"{number % 12:02}-bad-{number}.txt"
        name.write_bytes(poisoned(harms[number % 5], number))
    found = batch([folder], tmp_path / "out")
    assert sum(entry["status"] == "failed" for entry in found) == 30
    assert sum(entry["status"] == "complete" for entry in found) == 12


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to find processes")
def test_the_loss_of_the_nursery_costs_nothing(folder: Path, tmp_path: Path) -> None:
    """And with it all workers: everything is started anew."""
    killed = 0

    def meddle(now: object) -> None:
        nonlocal killed
        if getattr(now, "stage", "") == "parsing" and getattr(now, "done", 0) in (3, 8):
            for path in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
                for child in map(int, path.read_text().split()):
                    command = Path(f"/proc/{child}/cmdline").read_bytes()
                    if b"disclosure_parser.batch.worker" in command:
                        os.kill(child, signal.SIGKILL)
                        killed += 1

    found = batch([folder], tmp_path / "out", watch=meddle)
    assert killed >= 2
    assert [entry["status"] for entry in found] == ["complete"] * 12


def test_workers_are_replaced_after_some_files(folder: Path, tmp_path: Path) -> None:
    found = batch([folder], tmp_path / "out", recycle=2)
    assert {entry["status"] for entry in found} == {"complete"}


def test_a_file_that_vanishes_or_changes_between_looking_and_parsing(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "same-as-03.txt").write_bytes(report(3))

    def meddle(now: object) -> None:
        if getattr(now, "stage", "") == "parsing":
            (folder / "03.txt").unlink(missing_ok=True)
            (folder / "07.txt").write_bytes(report(700))

    found = by_name(batch([folder], tmp_path / "out", watch=meddle))
    assert len(found) == 13
    assert found["03.txt"]["error"]["code"] == "source"
    assert "changed while the batch ran" in found["07.txt"]["error"]["message"]
    same = found["same-as-03.txt"]
    assert same["status"] == "complete", "its content is parsed under the name that is left"
    assert "duplicate_of" not in same
    again = by_name(batch([folder], tmp_path / "out"))
    assert again["07.txt"]["status"] == "complete"


def test_what_is_no_file_of_ours_is_told_of_and_left_alone(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "link").symlink_to(folder)
    (folder / "broken.txt").symlink_to(tmp_path / "nothing")
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "empty.txt").write_bytes(b"")
    found = by_name(batch([folder, tmp_path / "missing.txt"], tmp_path / "out"))
    skipped = {name for name, entry in found.items() if entry["status"] == "skipped"}
    assert skipped == {"pipe.txt", "link", "Thumbs.db"}
    assert found["broken.txt"]["error"]["code"] == "source"
    assert found["missing.txt"]["error"]["code"] == "source"
    assert found["empty.txt"]["error"]["code"] == "empty"
    assert len(found) == 18


_SMALL_FILES = """
import resource, signal, sys
from pathlib import Path
from disclosure_parser.batch import BatchError, Settings, run_batch
from disclosure_parser.readers.base import Limits
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    settings = Settings(preload=("tests.batch.poison",), limits=Limits(ocr=False))
    run_batch([sys.argv[1]], Path(sys.argv[2]), settings=settings)
except BatchError as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.parametrize("room", [100_000, 200_000, 400_000])
def test_no_room_for_the_output(tmp_path: Path, corpus: Path, room: int) -> None:
    """However early it happens: said, nothing lost, and the next run goes on to the same bytes."""
    source, out = corpus / "hebei-budget", tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", _SMALL_FILES, str(source), str(out), str(room)],
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3, done.stderr.decode()
    assert str(out) in done.stdout.decode()
    assert not (out / "dataset.json").exists(), "a dataset that is not whole has no manifest"
    batch([source], out)
    batch([source], tmp_path / "unbroken")
    assert digests(out) == digests(tmp_path / "unbroken")


def test_a_full_disk(tmp_path: Path, corpus: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(small)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    try:
        with pytest.raises(BatchError, match=r"full|space"):
            run_batch([corpus / "hebei-budget"], small / "out", settings=SETTINGS)
        assert not list((small / "out").rglob("*.unfinished"))
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_dataset_among_its_sources_is_not_read(folder: Path) -> None:
    for _ in range(2):
        assert len(batch([folder], folder / "out")) == 12


def test_file_names_that_are_no_utf_8(folder: Path, tmp_path: Path) -> None:
    name = "预算公开.txt".encode("gbk")
    (folder / os.fsdecode(name)).write_bytes(report(50))
    (folder / os.fsdecode(b"\xff\x01.txt")).write_bytes(report(51))
    found = by_name(batch([folder], tmp_path / "out"))
    assert found["预算公开.txt"]["status"] == "complete"
    assert found["\\xff\\x01.txt"]["status"] == "complete"


def test_two_batches_do_not_write_one_dataset(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    journal = Journal(out / "journal.sqlite", "any")
    with pytest.raises(BatchError, match="another batch"):
        run_batch([folder], out, settings=SETTINGS)
    journal.close()
    assert len(batch([folder], out)) == 12


def test_a_module_that_cannot_be_imported_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="no_such_module"):
        run_batch([folder], tmp_path / "out", settings=Settings(preload=("no_such_module",)))


def test_a_sink_that_no_worker_can_import_is_said(folder: Path, tmp_path: Path) -> None:
    script = """if True:
        import sys
        from pathlib import Path
        from disclosure_parser.batch import BatchError, JsonLines, Settings, run_batch
        class Mine(JsonLines):
            pass
        try:
            run_batch([sys.argv[1]], Path(sys.argv[2]), settings=Settings(sinks=(Mine(),)))
        except BatchError as error:
            print(error)
    """
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Mine" in done.stdout
    assert done.stderr == ""


def test_modules_are_not_imported_from_the_folder_of_the_reports(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lxml.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])
    found = by_name(batch([Path()], tmp_path / "out", Settings()))
    assert found["00.txt"]["status"] == "complete"


def test_parse_many_gives_every_file(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(poisoned("segfault"))
    (folder / "twin.txt").write_bytes(report(3))
    (folder / "empty.txt").write_bytes(b"")
    outcomes = list(parse_many([folder, folder / "gone.txt"], settings=SETTINGS))
    found = {Path(one.file).name: one for one in outcomes}
    assert len(outcomes) == len(found) == 16
    assert found["bad.txt"].failure is not None
    assert found["bad.txt"].report() is None
    assert found["gone.txt"].failure is not None
    third, twin = found["03.txt"].report(), found["twin.txt"]
    assert third is not None
    assert third.identity.agency == agency(3)
    assert twin.duplicate_of == found["03.txt"].file
    assert twin.json == found["03.txt"].json


def test_parse_many_works_in_a_thread_and_leaves_nobody_behind(folder: Path) -> None:
    """As in a service; and a caller that stops early ends the workers."""
    taken: list[str] = []

    def take() -> None:
        outcomes = parse_many([folder], settings=SETTINGS)
        taken.append(next(outcomes).file)
        outcomes.close()  # type: ignore[attr-defined]

    thread = threading.Thread(target=take)
    thread.start()
    thread.join(60)
    assert len(taken) == 1
