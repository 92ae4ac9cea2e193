"""Time and memory of parsing PDFs beside pdfplumber.

Run it by hand; nothing is asserted about time::

    python -m tests.benchmarks.bench_pdf [FOLDER] [--rounds N]

All readers run in one process, one after another on each file, so that what else the machine
does falls on all of them alike. Times are processor time of this process; the median of the
rounds counts. ``parse`` is the whole parse, ``read_pdf`` the reader alone, whose peak memory is
measured in a process of its own, per file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from disclosure_parser import parse
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf

_PEAK = """
import sys
from pathlib import Path
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
if len(sys.argv) > 1:
    path = Path(sys.argv[1])
    read_pdf(Input(data=path.read_bytes(), name=path.name, limits=Limits()))
# The high-water mark of this process's own pages; ru_maxrss would begin with the parent's.
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")))
"""


def _input(path: Path) -> Input:
    return Input(data=path.read_bytes(), name=path.name, limits=Limits())


def whole(path: Path) -> None:
    """The reader."""
    read_pdf(_input(path))


def raw(path: Path) -> None:
    """Characters and paths alone, from PDFium."""
    from disclosure_parser.readers.pdf.pdfium import PdfiumPages

    pages = PdfiumPages(_input(path))
    for number in range(1, pages.count + 1):
        pages.page(number)
    pages.close()


def plumber(path: Path) -> None:
    """pdfplumber: text and tables of every page."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def report(path: Path) -> None:
    """The whole parse, records and statements included."""
    parse(path)


READERS: dict[str, Callable[[Path], None]] = {
    "parse": report,
    "read_pdf": whole,
    "characters and paths": raw,
    "pdfplumber text and tables": plumber,
}


def _seconds(read: Callable[[Path], None], path: Path) -> float:
    start = time.process_time()
    read(path)
    return time.process_time() - start


def _peak(path: Path | None) -> int:
    """Peak resident memory of a fresh process in MB: reading a file, or importing alone."""
    command = [sys.executable, "-c", _PEAK, *([str(path)] if path else [])]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    return int(done.stdout)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    files = sorted(arguments.folder.rglob("*.pdf"))
    if not files:
        print(f"no PDF files under {arguments.folder}")
        return 1
    report(files[0])  # imports and first calls are not part of the comparison
    plumber(files[0])
    totals = dict.fromkeys(READERS, 0.0)
    pages = 0
    for path in files:
        count = read_pdf(_input(path)).source.pages or 0
        pages += count
        times: dict[str, list[float]] = {name: [] for name in READERS}
        for _ in range(arguments.rounds):
            for name, read in READERS.items():
                times[name].append(_seconds(read, path))
        parts = []
        for name, values in times.items():
            totals[name] += median(values)
            parts.append(f"{name} {1000 * median(values) / max(count, 1):.2f}")
        print(f"{path.name}: {count} pages, ms/page: {', '.join(parts)}, peak {_peak(path)} MB")
    slow = totals["pdfplumber text and tables"]
    print(f"\n{len(files)} files, {pages} pages, imports alone {_peak(None)} MB")
    for name, total in totals.items():
        print(
            f"{name}: {1000 * total / pages:.2f} ms/page, {pages / total:.0f} pages/s, "
            f"{slow / total:.1f}x pdfplumber"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
