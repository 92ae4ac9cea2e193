"""Speed, memory and reliability of batches over generated reports.

Run it by hand; nothing is asserted about time::

    python tests/benchmarks/bench_batch.py speed --count 1000
    python tests/benchmarks/bench_batch.py engine --count 400
    python tests/benchmarks/bench_batch.py whole --count 10000 --real FOLDER

``speed`` compares a bare loop (parse, JSON, write) with batches of one and two workers over the
same files, all without tables, and tells what the tables cost. Wall-clock time is told, and
processor time, which other work on the machine does not
change much. *Efficiency* is the time of one worker over twice the time of two; *busy* the part
of the workers' time that they spend parsing. ``engine`` measures the efficiency where other work
takes the cores away: its reports are tiny and each takes 100 ms of waiting. ``whole`` runs one
batch with poisoned and damaged files, kills it twice on the way, runs it again unbroken, and
compares account and bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from corpus.generate import broken, make  # noqa: E402

from disclosure_parser.batch import Settings, run_batch  # noqa: E402
from tests.batch.poison import poisoned  # noqa: E402
from tests.batch.support import Waiting  # noqa: E402
from tests.batch.support import report as small_report  # noqa: E402

_HARMS = ("segfault", "exit", "kill", "abort", "garbage", "native", "raise")


def generate(folder: Path, count: int, *, short: bool, bad: float) -> None:
    """Reports, of which a share is damaged and another does harm."""
    for number in range(count):
        draw = random.Random(f"bad {number}").random()
        made = broken(number) if draw < bad else make(number, short=short)
        path = folder / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if bad <= draw < bad * 2:
            # A few hang: each takes twice the time limit.
            harm = "hang" if number % 40 == 0 else _HARMS[number % len(_HARMS)]
            path.with_suffix(".txt").write_bytes(poisoned(harm, number))
        else:
            path.write_bytes(made.data)


def processor() -> float:
    """Processor seconds of this process and its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


_BARE = """
import sys
from pathlib import Path
from disclosure_parser import DisclosureError, parse, to_json
with open(sys.argv[2], "wb") as out:
    for path in sorted(Path(sys.argv[1]).rglob("*.*")):
        try:
            out.write(to_json(parse(path)) + b"\\n")
        except DisclosureError:
            pass
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Wall-clock and processor seconds of a process and what it starts."""
    wall, used = time.monotonic(), processor()
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    return time.monotonic() - wall, processor() - used


def batch_command(sources: list[Path], dataset: Path, workers: int, *more: str) -> list[str]:
    """The command line of a batch."""
    command = [sys.executable, "-m", "disclosure_parser", "batch", *map(str, sources)]
    return [*command, "-o", str(dataset), "-j", str(workers), *more]


def parsing_seconds(dataset: Path) -> float:
    """Seconds that workers spent parsing."""
    with closing(sqlite3.connect(dataset / "journal.sqlite")) as base:
        return float(base.execute("SELECT sum(seconds) FROM results").fetchone()[0])


def speed(options: argparse.Namespace, work: Path) -> None:
    """Compare the bare loop with batches."""
    generate(work / "in", options.count, short=not options.full, bad=0.0)
    count = options.count
    best: dict[str, tuple[float, float, float]] = {}
    for number in range(options.rounds):
        runs = {
            "bare loop": [sys.executable, "-c", _BARE, str(work / "in"), str(work / "bare.jsonl")],
            "1 worker": batch_command([work / "in"], work / f"one{number}", 1, "--no-tables"),
            "2 workers": batch_command([work / "in"], work / f"two{number}", 2, "--no-tables"),
            "tables": batch_command([work / "in"], work / f"tables{number}", 1),
        }
        for name, command in runs.items():
            wall, used = timed(command)
            dataset = {
                "1 worker": work / f"one{number}",
                "2 workers": work / f"two{number}",
                "tables": work / f"tables{number}",
            }
            workers = 2 if name == "2 workers" else 1
            busy = parsing_seconds(dataset[name]) / wall / workers if name in dataset else 1.0
            print(f"  {name:<10} {wall:7.1f} s {used:7.1f} s cpu  busy {busy:.3f}", flush=True)
            if name not in best or wall < best[name][0]:
                best[name] = (wall, used, busy)
    (bare, bare_cpu, _), (one, one_cpu, busy_one), (two, _, busy_two), (_, tables_cpu, _) = (
        best.values()
    )
    print(f"{count} reports, the best of {options.rounds} rounds:")
    print(f"bare loop {count / bare:.1f}/s, 1 worker {count / one:.1f}/s, 2 {count / two:.1f}/s")
    print(f"efficiency on two cores {one / 2 / two:.3f}; busy {busy_one:.3f}, {busy_two:.3f}")
    print(
        f"overhead {(one - bare) / count * 1000:.2f} ms a file,"
        f" in processor time {(one_cpu - bare_cpu) / count * 1000:.2f} ms"
    )
    folder = work / "tables0"
    size = {
        name: sum(path.stat().st_size for path in (folder / name).rglob("part-*"))
        for name in ("tables", "reports")
    }
    print(
        f"tables: {(tables_cpu - one_cpu) / count * 1000:.1f} ms a report in processor time,"
        f" {size['tables'] / count / 1000:.1f} kB beside {size['reports'] / count / 1000:.1f} kB"
    )


def engine(options: argparse.Namespace, work: Path) -> None:
    """The efficiency of two workers over one where the files themselves need no core."""
    (work / "in").mkdir()
    for number in range(options.count):
        (work / "in" / f"{number}.txt").write_bytes(small_report(number))
    taken = {}
    for workers in (1, 2):
        settings = Settings(workers=workers, sinks=(Waiting(),))
        began = time.monotonic()
        run_batch([work / "in"], work / str(workers), settings=settings)
        taken[workers] = time.monotonic() - began
        ideal = options.count * 0.1 / workers
        lost = (taken[workers] - ideal) * workers / options.count * 1000
        print(f"{workers} workers: {taken[workers]:.2f} s, {lost:.2f} ms a file beyond the wait")
    print(f"efficiency on two workers {taken[1] / 2 / taken[2]:.3f}")


class Memory:
    """Resident memory of a process and of all below it, in MiB, now and then."""

    def __init__(self, pid: int) -> None:
        self.samples: list[tuple[float, float, float]] = []
        self._pid = pid
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()

    def stop(self) -> None:
        """No more samples."""
        self._end.set()
        self._thread.join()

    def told(self) -> str:
        """Five moments of the run."""
        if not self.samples:
            return "none"
        picked = [self.samples[(len(self.samples) - 1) * n // 4] for n in range(5)]
        peak = max(own for _, own, _ in self.samples), max(below for _, _, below in self.samples)
        told = "; ".join(f"{at:.0f} s: {own:.0f} + {below:.0f}" for at, own, below in picked)
        return f"{told} (peak {peak[0]:.0f} + {peak[1]:.0f})"

    def _sample(self) -> None:
        began = time.monotonic()
        while not self._end.wait(1.0):
            own = _resident(self._pid)
            if own:
                below = sum(map(_resident, _below(self._pid)))
                self.samples.append((time.monotonic() - began, own, below))


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4 / 1024
    except (OSError, IndexError):
        return 0.0


def _below(pid: int) -> set[int]:
    found: set[int] = set()
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in path.read_text().split()]
        except OSError:
            continue
        for child in children:
            found |= {child, *_below(child)}
    return found


def digest(dataset: Path) -> dict[str, str]:
    """Hashes of the output."""
    return {
        str(path.relative_to(dataset)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and not path.name.startswith("journal.sqlite")
    }


def run(command: list[str], kill_after: float | None) -> tuple[int, float]:
    """Run a batch; kill it after some seconds. Its code and how long it took."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT)
    memory = Memory(process.pid)
    try:
        process.wait(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    memory.stop()
    taken = time.monotonic() - began
    print(f"  code {process.returncode} after {taken:.0f} s; MiB {memory.told()}", flush=True)
    return process.returncode, taken


def whole(options: argparse.Namespace, work: Path) -> None:
    """One large batch, unbroken and broken."""
    generate(work / "in", options.count, short=not options.full, bad=0.01)
    sources = [work / "in", *([options.real] if options.real else [])]
    files = sum(path.is_file() for source in sources for path in source.rglob("*"))
    more = ("--preload", "tests.batch.poison", "--timeout", str(options.timeout))
    print(f"{files} files")
    _, taken = run(batch_command(sources, work / "unbroken", 2, *more), None)
    print(f"unbroken: {files / taken:.1f} files/s")
    for share in (0.3, 0.3):
        run(batch_command(sources, work / "broken", 2, *more), taken * share)
    run(batch_command(sources, work / "broken", 2, *more), None)
    with (work / "unbroken" / "files.jsonl").open("rb") as lines:
        account = [json.loads(line) for line in lines]
    names = [entry["file"] for entry in account]
    print(f"accounted for: {len(names)}, different names {len(set(names))}, of {files}")
    print("status", dict(Counter(entry["status"] for entry in account)))
    codes = Counter(entry["error"]["code"] for entry in account if "error" in entry)
    print("errors", dict(codes))
    print("equal bytes:", digest(work / "unbroken") == digest(work / "broken"))


def main() -> None:
    """Run one of the three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("speed", "engine", "whole"))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--full", action="store_true", help="reports of full length")
    parser.add_argument("--real", type=Path, help="a folder of other reports to add")
    parser.add_argument("--timeout", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as work:
        {"speed": speed, "engine": engine, "whole": whole}[options.what](options, Path(work))


if __name__ == "__main__":
    main()
