"""Files that are whole or not there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

#: The suffix of a file that is being written; what a killed run left behind is written anew.
UNFINISHED = ".unfinished"


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name only when all of it is on disk.

    Raises:
        OSError: it cannot be written (a full disk); nothing is left behind then.
    """
    draft = path.with_name(path.name + UNFINISHED)
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
