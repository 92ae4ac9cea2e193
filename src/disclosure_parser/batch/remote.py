"""Files in object storage and on other file systems, by URL, through fsspec (extra ``fsspec``).

``s3://bucket/reports``, ``gs://…``, ``https://…``, ``file://…``: whatever fsspec and the packages
beside it know. A file is read in place, as one on disk is; nothing is copied.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from disclosure_parser.dataset.errors import needed

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
#: What storage systems call the version of a file.
_STAMPS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")


def is_url(source: str | bytes) -> bool:
    """Whether a source is named by a URL."""
    text = os.fsdecode(source) if isinstance(source, bytes) else source
    return _URL.match(text) is not None


def opened(path: bytes) -> BinaryIO:
    """A file on disk, or at a URL, open for reading and seeking.

    Raises:
        OSError: it cannot be opened.
        MissingLibraryError: fsspec is not installed.
    """
    if not is_url(path):
        return open(path, "rb")  # noqa: PTH123 - a path of bytes
    fsspec = needed("fsspec", "reading URLs", "fsspec")
    try:
        return cast(BinaryIO, fsspec.open(os.fsdecode(path), "rb").open())
    except OSError:
        raise
    except Exception as error:  # every storage system raises its own
        raise OSError(f"{type(error).__name__}: {error}") from error


def files_at(url: str) -> Iterator[tuple[str, int, str]]:
    """The files at and below a URL: name, size in bytes, and what changes when it is written.

    Raises:
        OSError: it cannot be listed.
        MissingLibraryError: fsspec is not installed.
    """
    fsspec = needed("fsspec", "reading URLs", "fsspec")
    try:
        system, path = fsspec.core.url_to_fs(url)
        found: dict[str, dict[str, Any]] = (
            system.glob(path, detail=True)
            if any(mark in path for mark in "*?[")
            else system.find(path, detail=True)
        )
    except OSError:
        raise
    except Exception as error:  # every storage system raises its own
        raise OSError(f"{type(error).__name__}: {error}") from error
    for name, about in sorted(found.items()):
        if about.get("type", "file") == "file":
            stamp = next((str(about[key]) for key in _STAMPS if about.get(key)), "")
            yield system.unstrip_protocol(name), int(about.get("size") or 0), stamp
