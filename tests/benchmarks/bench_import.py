"""Time of importing the package and of starting the command line, and the modules each loads.

Run it by hand; nothing is asserted about time::

    python -m tests.benchmarks.bench_import [--rounds N]

Every measurement is a process of its own; the times are wall times without the interpreter's
own start, which is printed beside them.
"""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from tests.benchmarks.measuring import arguments

_STARTS = {
    "interpreter alone": "",
    "import disclosure_parser": "import disclosure_parser",
    "import of parse": "from disclosure_parser import parse",
    "disclosure-parser --help": (
        "from disclosure_parser.cli import main\n"
        "sys.argv = ['disclosure-parser', '--help']\n"
        "try: main()\n"
        "except SystemExit: pass"
    ),
}
_REPORT = "import sys\n{program}\nprint(len(sys.modules), file=sys.stderr)"


def _start(program: str) -> tuple[float, int]:
    """Seconds that a process takes, and the modules it has loaded at its end."""
    command = [sys.executable, "-c", _REPORT.format(program=program)]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, int(done.stderr.split()[-1])


def main() -> int:
    """Measure and print."""
    rounds = arguments(__doc__).rounds
    bare, known = 0.0, 0
    for name, program in _STARTS.items():
        _start(program)  # bytecode is compiled once
        runs = [_start(program) for _ in range(rounds)]
        seconds, modules = median(run[0] for run in runs), runs[0][1]
        print(f"{name}: {1000 * (seconds - bare):.0f} ms, {modules - known} modules")
        if not program:
            bare, known = seconds, modules
    return 0


if __name__ == "__main__":
    sys.exit(main())
