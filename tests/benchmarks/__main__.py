"""Run every benchmark over a folder and print one table: ``python -m tests.benchmarks [FOLDER]``.

A benchmark prints lines of a measure and what it came to, with a colon between them. It takes
the folder and ``--rounds``, or has a short form here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.benchmarks.measuring import arguments

#: What benchmarks that do not read a folder are run with; by hand they take longer.
_SHORT = {
    "bench_batch": ("speed", "--count", "60", "--rounds", "1"),
    "bench_checks": ("--limit", "1"),
}


def main() -> int:
    """Run and print; the exit code is that of the last benchmark that failed."""
    given = arguments(__doc__)
    folder = (str(given.folder), "--rounds", str(given.rounds))
    table = Table("benchmark", "measure", "result", box=box.SIMPLE_HEAD)
    failed = 0
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"{path.stem} ...", file=sys.stderr)
        options = _SHORT.get(path.stem, folder)
        command = [sys.executable, "-m", f"tests.benchmarks.{path.stem}", *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        failed = done.returncode or failed
        for index, line in enumerate(filter(None, done.stdout.splitlines())):
            measure, colon, result = line.partition(": ")
            cells = (measure, result) if colon else ("", line)
            table.add_row(path.stem if index == 0 else "", *cells)
        table.add_section()
    Console(width=None if sys.stdout.isatty() else 160).print(table)
    return failed


if __name__ == "__main__":
    sys.exit(main())
