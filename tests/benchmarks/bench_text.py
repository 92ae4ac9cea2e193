"""Time of parsing text reports, per character.

Run it by hand; nothing is asserted about time::

    [DISCLOSURE_SEED=FOLDER] python -m tests.benchmarks.bench_text [FOLDER] [--rounds N]

Text reports are the ``report*.txt`` of the folder, and all texts of ``DISCLOSURE_SEED``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from disclosure_parser import parse
from disclosure_parser.readers.text import read_text
from tests.benchmarks.measuring import arguments, medians, source


def main() -> int:
    """Measure and print."""
    given = arguments(__doc__)
    paths = sorted(given.folder.rglob("report*.txt"))
    seed = os.environ.get("DISCLOSURE_SEED")
    paths += sorted(Path(seed).rglob("*.txt")) if seed else []
    total, characters = {"parse": 0.0, "read_text": 0.0}, 0
    for path in paths:
        data = path.read_bytes()
        count = len(data.decode("utf-8", errors="replace"))
        actions: dict[str, Callable[[], object]] = {
            "parse": partial(parse, data, name=path.name),
            "read_text": partial(read_text, source(data, path.name)),
        }
        times = medians(actions, given.rounds)
        each = ", ".join(f"{key} {1e6 * value / count:.2f} µs" for key, value in times.items())
        print(f"{path.parent.name}/{path.name}: {count} characters, per character {each}")
        characters += count
        for key, value in times.items():
            total[key] += value
    for key, value in total.items():
        if characters:
            print(f"{len(paths)} texts, {key}: {1e6 * value / characters:.2f} µs per character")
    return 0


if __name__ == "__main__":
    sys.exit(main())
