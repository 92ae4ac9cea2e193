"""What the benchmarks share: processor time, peak memory, the reports to read."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from disclosure_parser.readers.base import Input, Limits

# The kernel's own mark; that of getrusage begins with the memory of the parent.
_PEAK = """
import sys
{program}
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""


def arguments(purpose: str | None) -> argparse.Namespace:
    """The command line of a benchmark: ``folder`` and ``rounds``."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def source(data: bytes, name: str) -> Input:
    """Bytes as a reader gets them."""
    return Input(data=data, name=name, limits=Limits())


def medians(actions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median processor time of each action in seconds.

    The actions take turns, so that what else the machine does falls on all of them alike. Each
    runs once before: imports and first calls are not part of the comparison.
    """
    times: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _ in range(rounds):
        for name, action in actions.items():
            start = time.process_time()
            action()
            times[name].append(time.process_time() - start)
    return {name: median(values) for name, values in times.items()}


def peak(program: str, *parameters: str) -> int:
    """The peak resident memory in MB of a fresh process that runs a program (Linux only)."""
    command = [sys.executable, "-c", _PEAK.format(program=program), *parameters]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
