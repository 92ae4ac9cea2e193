"""Seconds a file, by format: the same reports of the corpus in every format.

Run it by hand; nothing is asserted::

    python -m tests.benchmarks.bench_formats [FOLDER] [--rounds N]
"""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from disclosure_parser import Limits, parse
from disclosure_parser.readers.sniff import sniff
from tests.benchmarks.measuring import arguments


def main() -> int:
    """Print a line for each format."""
    options = arguments(__doc__)
    spent: dict[str, list[float]] = defaultdict(list)
    folder: Path = options.folder
    paths = sorted([*folder.rglob("formats/*.*"), *folder.rglob("report.pdf")])
    limits = Limits(ocr=False)
    for path in paths:
        data = path.read_bytes()
        taken = []
        for _ in range(options.rounds):
            began = time.process_time()
            parse(data, name=path.name, limits=limits)
            taken.append(time.process_time() - began)
        spent[sniff(data).name].append(median(taken))
    for name, times in sorted(spent.items()):
        mean = sum(times) / len(times)
        print(f"parse, {name}: {mean:.3f} s a file ({len(times)} files)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
