"""From sources to files: folders, globs, lists and single files, one after the other."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from disclosure_parser.batch import remote
from disclosure_parser.batch.archives import clutter, failure_of, skipped
from disclosure_parser.batch.model import Item
from disclosure_parser.batch.names import text_of_name
from disclosure_parser.dataset.errors import MissingLibraryError
from disclosure_parser.errors import SourceError

_WILD = ("*", "?", "[")


@frozen(kw_only=True)
class Listed:
    """A file on disk. ``stamp`` changes when it is written (nanoseconds, inode).

    ``share`` is what decides to which shard it belongs: for a file in a folder of a source that
    folder, so that what is one disclosure stays together, else its name; told from the source, so
    that it is the same wherever the source is mounted. A source that is a file has none: its path
    decides.
    """

    item: Item
    stamp: str = ""
    share: bytes = b""


def listed(sources: Iterable[str | Path]) -> Iterator[Listed]:
    """The files of sources, in no order and not yet freed of doubles.

    A folder is walked; links to folders are not followed, links to files are. A pattern
    (``*``, ``?``, ``[``, ``**``) that is no file itself gives what matches it. What does not exist
    is listed with its failure, so that it stays in the account.
    """
    for source in sources:
        path = os.fsencode(source)
        if remote.is_url(path):
            yield from _listed_at(str(source))
            continue
        if not os.path.lexists(path) and any(mark in str(source) for mark in _WILD):
            matched = False
            for match in glob.iglob(path, recursive=True):  # noqa: PTH207 - a path of bytes
                matched = True
                if not os.path.isdir(match):  # noqa: PTH112 - a path of bytes
                    yield from _listed(match)
            if not matched:
                yield _failed(path, SourceError(f"{text_of_name(path)}: nothing matches"))
        else:
            yield from _listed(path)


def _listed_at(url: str) -> Iterator[Listed]:
    """The files at a URL."""
    count = 0
    try:
        for name, size, stamp in remote.files_at(url):
            count += 1
            item = Item(path=os.fsencode(name), label=name, size=size)
            inside = name.removeprefix(url).strip("/")
            yield Listed(item=item, stamp=stamp, share=_share(os.fsencode(inside)))
    except (OSError, MissingLibraryError) as error:
        yield _failed(os.fsencode(url), SourceError(f"{url}: {error}"))
        return
    if not count:
        yield _failed(os.fsencode(url), SourceError(f"{url}: there is no file"))


def names_in(path: Path) -> Iterator[str]:
    """The names in a list of files, one a line; ``#`` begins a comment line.

    Raises:
        SourceError: the list cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            for line in lines:
                name = line.rstrip("\r\n")
                if name.strip() and not name.startswith("#"):
                    yield name
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def _listed(path: bytes) -> Iterator[Listed]:
    path = os.path.normpath(path)
    pending = [path]
    while pending:
        current = pending.pop()
        try:
            found = os.stat(current)  # noqa: PTH116 - a path of bytes
            if stat.S_ISDIR(found.st_mode):
                if current != path and os.path.islink(current):  # noqa: PTH114 - bytes
                    yield _skipped(current, "a link to a folder")
                    continue
                with os.scandir(current) as entries:
                    pending.extend(entry.path for entry in entries)
            elif not stat.S_ISREG(found.st_mode):
                yield _skipped(current, "no regular file")
            elif current != path and clutter((text_of_name(current.rsplit(b"/", 1)[-1]),)):
                yield _skipped(current, "left by the system")
            else:
                item = Item(path=current, label=text_of_name(current), size=found.st_size)
                stamp = f"{found.st_mtime_ns}:{found.st_ino}"
                share = _share(os.path.relpath(current, path)) if current != path else b""
                yield Listed(item=item, stamp=stamp, share=share)
        except OSError as error:
            label = text_of_name(current)
            yield _failed(current, SourceError(f"{label}: {error.strerror}"))


def _share(inside: bytes) -> bytes:
    """What decides the shard of a file that stands so in its source: its folder, else its name."""
    return os.path.dirname(inside) or inside  # noqa: PTH120 - a path of bytes


def _failed(path: bytes, error: SourceError) -> Listed:
    item = Item(path=path, label=text_of_name(path))
    return Listed(item=item.failed(failure_of(error)))


def _skipped(path: bytes, message: str) -> Listed:
    item = Item(path=path, label=text_of_name(path))
    return Listed(item=item.failed(skipped(message)))
