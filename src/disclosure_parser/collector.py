"""Python's collector of cyclic garbage, made rarer while a document is parsed.

A parsed document is hundreds of thousands of small objects that live as long as the report and
hold no cycles. By default the collector looks at them after every 700 new ones, which costs an
eighth of the time of a parse and frees nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

# New objects between two collections. What libraries leave in cycles is still collected, so the
# memory of a document of thousands of pages stays bounded.
_RARELY = 100_000

_lock = Lock()
_depth = 0
_usual = (0, 0, 0)


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Collect more rarely in this block; where the collector is off or rarer, it stays so.

    The setting is the process's. With blocks in several threads it is restored by the last one.
    """
    global _depth, _usual
    with _lock:
        _depth += 1
        if _depth == 1:
            _usual = gc.get_threshold()
            if 0 < _usual[0] < _RARELY:
                gc.set_threshold(_RARELY, *_usual[1:])
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if _depth == 0:
                gc.set_threshold(*_usual)
