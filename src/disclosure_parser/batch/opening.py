"""Reading the bytes of items again, by the steps that lead to them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from typing import Any, BinaryIO, cast

from disclosure_parser.batch import remote, solid, zips
from disclosure_parser.batch.model import Item, Step
from disclosure_parser.errors import CorruptDocumentError, DisclosureError, LimitExceededError
from disclosure_parser.readers.base import Limits

_CHUNK = 2**20


class Unpacked(io.RawIOBase):
    """A stream that is read forwards only and gives no more than a bound."""

    def __init__(self, stream: BinaryIO, bound: int) -> None:
        self._stream = stream
        self._left = bound

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise LimitExceededError("the archive unpacks to too many times its size")
        return data

    def skip(self, size: int) -> None:
        """Go forward."""
        while size > 0:
            data = self.read(min(size, _CHUNK))
            if not data:
                raise CorruptDocumentError("the archive is cut off")
            size -= len(data)


def unpacking(kind: str, file: BinaryIO, bound: int) -> Unpacked:
    """The unpacked stream of a gzip, bzip2 or xz file, from its beginning."""
    file.seek(0)
    opened: Any = {"gz": gzip.GzipFile, "bz2": bz2.BZ2File, "xz": lzma.LZMAFile}[kind]
    stream = opened(fileobj=file) if kind == "gz" else opened(file)
    return Unpacked(cast(BinaryIO, stream), bound)


def is_streamed(steps: tuple[Step, ...]) -> bool:
    """Whether a member lies in a packed stream, where going back is dear."""
    return len(steps) > 1 and steps[0][0] in ("gz", "bz2", "xz")


class Opener:
    """Reads the bytes of items; keeps a packed stream open, since members come in their order."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._path = b""
        self._stream: Unpacked | None = None
        self._at = 0
        self._members: tuple[object, list[solid.Member]] | None = None

    def read(self, item: Item) -> bytes:
        """The bytes of an item.

        Raises:
            OSError: the file cannot be read (it is gone).
            DisclosureError: it is no longer what it was.
        """
        try:
            if is_streamed(item.steps) and item.steps[1][0] == "tar":
                data = self._from_stream(item)
                return self._follow(data, item, item.steps[2:])
            with remote.opened(item.path) as file:
                if not item.steps:
                    return _up_to(file, self._limits, item.label)
                first = self._step(file, item.steps[0], item)
            return self._follow(first, item, item.steps[1:])
        except (EOFError, ValueError) as error:
            if isinstance(error, DisclosureError):
                raise
            raise CorruptDocumentError(f"{item.label}: cannot be read again: {error}") from error

    def _follow(self, data: bytes, item: Item, steps: tuple[Step, ...]) -> bytes:
        # A step ("gz",) before ("tar", ...) of a nested archive unpacks all of it, within bounds.
        for step in steps:
            data = self._step(io.BytesIO(data), step, item)
        return data

    def _step(self, file: BinaryIO, step: Step, item: Item) -> bytes:
        kind = step[0]
        if kind == "zip":
            offset, packed, size, method, crc, flags = step[1:]
            entry = zips.ZipEntry(
                name=b"",
                folder=False,
                flags=flags,
                method=method,
                crc=crc,
                packed=packed,
                size=size,
                offset=offset,
            )
            limit, ratio = self._limits.source_bytes, self._limits.ratio
            return zips.read_member(file, entry, limit=limit, ratio=ratio, label=item.label)
        if kind in solid.MAGIC.values():
            return self._solid(kind, file, step[1], item)
        if kind == "tar":
            file.seek(step[1])
            return file.read(min(step[2], self._limits.source_bytes))
        return _up_to(unpacking(kind, file, 2**63), self._limits, item.label)

    def _solid(self, kind: str, file: BinaryIO, number: int, item: Item) -> bytes:
        """A member of an archive that is unpacked as a whole; the last one is kept."""
        way = (item.path, item.steps[:-1])
        if self._members is None or self._members[0] != way:
            self._members = None
            self._members = way, solid.unpacked(kind, file, item.label, self._limits)
        data = self._members[1][number].data if number < len(self._members[1]) else None
        if data is None:
            raise CorruptDocumentError(f"{item.label}: cannot be read again")
        return data

    def _from_stream(self, item: Item) -> bytes:
        kind, (_, offset, size) = item.steps[0][0], item.steps[1]
        if self._stream is None or self._path != item.path or self._at > offset:
            self._stream = None
            file = remote.opened(item.path)  # kept open between members
            self._stream, self._path, self._at = unpacking(kind, file, 2**63), item.path, 0
        stream = self._stream
        try:
            stream.skip(offset - self._at)
            data = stream.read(min(size, self._limits.source_bytes))
        except BaseException:
            self._stream = None
            raise
        self._at = offset + len(data)
        return data


def _up_to(file: Any, limits: Limits, label: str) -> bytes:
    data: bytes = file.read(limits.source_bytes + 1)
    if len(data) > limits.source_bytes:
        raise LimitExceededError(f"{label}: larger than {limits.source_bytes} bytes")
    return data
