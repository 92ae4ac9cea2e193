"""Archives read in place: zip, tar, and what gzip, bzip2 and xz pack; nothing is unpacked to disk.

A member is found again by *steps*, each a tuple: ``("zip", offset, packed, size, method, crc,
flags)``, ``("tar", offset, size)``, ``("gz",)``, ``("bz2",)``, ``("xz",)``, ``("7z", number)``,
``("rar", number)``. All sizes are in bytes.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from attrs import evolve

from disclosure_parser.batch import remote, solid, zips
from disclosure_parser.batch.model import Failure, Item, Step
from disclosure_parser.batch.names import text_of_name
from disclosure_parser.batch.opening import unpacking
from disclosure_parser.errors import CorruptDocumentError, DisclosureError, LimitExceededError
from disclosure_parser.readers.base import Limits

#: Archives in archives; an archive below that is not opened.
DEPTH = 3
#: What an archive may unpack to beyond ``Limits.ratio`` times its size.
_SPARE = 256 * 2**20
#: Entries of an archive, as a bound on time; a million reports fit.
ENTRIES = 5_000_000
_HEAD = 512
_CHUNK = 2**20
_PACKED = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz"}
#: Members that make a zip a document of some format.
_DOCUMENT = (b"[Content_Types].xml", b"OFD.xml", b"mimetype", b"META-INF/manifest.xml")
#: Entries of a zip that are looked at for such a member; no document has as many.
_LOOK = 20_000
_CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini", ".DS_Store")


def clutter(parts: tuple[str, ...]) -> bool:
    """Whether a path is a trace of the system that made the folder and not a document."""
    name = parts[-1] if parts else ""
    return name.startswith(("._", "~$")) or any(part in _CLUTTER for part in parts)


def items(path: bytes, label: str, limits: Limits) -> Iterator[Item]:
    """What a file holds: itself, or, if it is an archive, its members in their order.

    Each comes with its hash, or with the failure that kept it from being read. An archive gives
    an item of its own, member 0, last: its failure is what ended the walk, if anything did.

    Raises:
        OSError: the file cannot be read.
        MemoryError: the memory does not suffice.
    """
    with remote.opened(path) as file:
        whole = Item(path=path, label=label, size=file.seek(0, 2))
        kind = archive_kind(file)
        if kind is None:
            if whole.size > limits.source_bytes:
                yield whole.failed(too_large(label, limits))
            else:
                yield evolve(whole, sha256=_digest(file))
            return
        walk = _Walk(whole, limits)
        failure = None
        try:
            yield from walk.inside(kind, file, (), label, 1)
        except DisclosureError as error:
            failure = failure_of(error)
        yield evolve(whole, failure=failure or Failure("Archive", "archive", "an archive"))


def failure_of(error: Exception) -> Failure:
    """An error as the account tells it."""
    code = error.code if isinstance(error, DisclosureError) else "source"
    text = " ".join((str(error) or type(error).__name__).split())
    return Failure(type(error).__name__, code, text[:1000])


def archive_kind(file: BinaryIO) -> str | None:
    """``zip``, ``tar``, ``gz``, ``bz2``, ``xz``, ``7z`` or ``rar`` if a file is an archive and no
    document."""
    file.seek(0)
    head = file.read(_HEAD)
    for magic, kind in (_PACKED | solid.MAGIC).items():
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        try:
            for count, entry in enumerate(zips.entries(file)):
                if count > _LOOK:
                    break
                if entry.name in _DOCUMENT:
                    return None
        except CorruptDocumentError:
            # A cut zip is told from a cut document by its first member.
            if any(name in head for name in (*_DOCUMENT, b"word/", b"xl/", b"_rels/")):
                return None
        return "zip"
    return None


class _Walk:
    """The walk over one top-level archive, with what it has unpacked so far."""

    def __init__(self, whole: Item, limits: Limits) -> None:
        self._whole = whole
        self._limits = limits
        self._left = _SPARE + limits.ratio * whole.size
        self._member = 0

    def inside(
        self, kind: str, file: BinaryIO, steps: tuple[Step, ...], label: str, depth: int
    ) -> Iterator[Item]:
        """The members of an archive."""
        if kind == "zip":
            yield from self._zip(file, steps, label, depth)
        elif kind in solid.MAGIC.values():
            yield from self._solid(kind, file, steps, label, depth)
        elif kind == "tar":
            file.seek(0)
            yield from self._tar(file, steps, label, depth)
        else:
            yield from self._packed(kind, file, steps, label, depth)

    def _zip(
        self, file: BinaryIO, steps: tuple[Step, ...], label: str, depth: int
    ) -> Iterator[Item]:
        for entry in zips.entries(file):
            if entry.folder:
                continue
            step = (entry.offset, entry.packed, entry.size, entry.method, entry.crc, entry.flags)
            item = self._next((*steps, ("zip", *step)), label, entry.name, entry.size)
            if item.failure is not None:
                yield item
                continue
            try:
                data = zips.read_member(
                    file,
                    entry,
                    limit=self._limits.source_bytes,
                    ratio=self._limits.ratio,
                    label=item.label,
                )
            except DisclosureError as error:
                self._spend(min(entry.packed * self._limits.ratio, self._limits.source_bytes))
                yield item.failed(failure_of(error))
            else:
                self._spend(len(data))
                yield from self._content(data, item, depth)

    def _solid(
        self, kind: str, file: BinaryIO, steps: tuple[Step, ...], label: str, depth: int
    ) -> Iterator[Item]:
        for number, member in enumerate(solid.unpacked(kind, file, label, self._limits)):
            size = len(member.data or b"")
            item = self._next((*steps, (kind, number)), label, member.name.encode(), size)
            if item.failure is not None:
                yield item
            elif member.data is None:
                yield item.failed(failure_of(member.error or CorruptDocumentError(member.name)))
            else:
                self._spend(size)
                yield from self._content(member.data, item, depth)

    def _tar(
        self, file: BinaryIO, steps: tuple[Step, ...], label: str, depth: int
    ) -> Iterator[Item]:
        try:
            with tarfile.open(fileobj=file, mode="r|", encoding="utf-8") as tar:
                while (info := tar.next()) is not None:
                    # The library keeps every member for later; a million of them are too many.
                    tar.members = []  # type: ignore[attr-defined]
                    if info.isdir():
                        continue
                    name = info.name.encode("utf-8", "surrogateescape")
                    step = ("tar", info.offset_data, info.size)
                    item = self._next((*steps, step), label, name, info.size)
                    if item.failure is not None:
                        yield item
                    elif not info.isreg() or info.issparse():
                        yield item.failed(skipped("a link or no regular file"))
                    elif info.size > self._limits.source_bytes:
                        yield item.failed(too_large(item.label, self._limits))
                    else:
                        member = tar.extractfile(info)
                        data = member.read() if member is not None else b""
                        if len(data) != info.size:
                            raise CorruptDocumentError(f"{item.label}: the archive is cut off")
                        self._spend(len(data))
                        yield from self._content(data, item, depth)
        except (tarfile.TarError, OSError, EOFError, ValueError) as error:
            if isinstance(error, DisclosureError):
                raise
            raise CorruptDocumentError(f"{label}: the archive is damaged: {error}") from error

    def _packed(
        self, kind: str, file: BinaryIO, steps: tuple[Step, ...], label: str, depth: int
    ) -> Iterator[Item]:
        inner = (*steps, (kind,))
        try:
            stream = unpacking(kind, file, self._left)
            if stream.read(_HEAD)[257:262] == b"ustar":
                # Read anew from the beginning: such a stream is not sought in backwards.
                unpacked = cast(BinaryIO, unpacking(kind, file, self._left))
                yield from self._tar(unpacked, inner, label, depth)
                return
            stream = unpacking(kind, file, self._left)
            name = PurePosixPath(label).name.encode()
            stem = name.rsplit(b".", 1)[0] or name
            item = self._next(inner, label, stem, 0)
            data = stream.read(self._limits.source_bytes + 1)
            if len(data) > self._limits.source_bytes:
                yield item.failed(too_large(item.label, self._limits))
                return
            self._spend(len(data))
            yield from self._content(data, evolve(item, size=len(data)), depth)
        except (OSError, EOFError, ValueError) as error:
            if isinstance(error, DisclosureError):
                raise
            raise CorruptDocumentError(f"{label}: the archive is damaged: {error}") from error

    def _content(self, data: bytes, item: Item, depth: int) -> Iterator[Item]:
        """A member's bytes: a document, or an archive again."""
        file = io.BytesIO(data)
        kind = archive_kind(file)
        if kind is None:
            yield evolve(item, sha256=hashlib.sha256(data).hexdigest())
        elif depth >= DEPTH:
            error = LimitExceededError(f"{item.label}: archives in archives beyond {DEPTH}")
            yield item.failed(failure_of(error))
        else:
            failure = Failure("Archive", "archive", "an archive")
            try:
                yield from self.inside(kind, file, item.steps, item.label, depth + 1)
            except LimitExceededError:
                raise
            except DisclosureError as error:
                failure = failure_of(error)
            yield item.failed(failure)

    def _next(self, steps: tuple[Step, ...], label: str, name: bytes, size: int) -> Item:
        self._member += 1
        if self._member > ENTRIES:
            raise LimitExceededError(f"{self._whole.label}: more than {ENTRIES} members")
        text = text_of_name(name)
        failure = skipped("left by the system that packed it") if _is_clutter(text) else None
        return Item(
            path=self._whole.path,
            label=f"{label}!/{text}",
            member=self._member,
            steps=steps,
            size=size,
            failure=failure,
        )

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise LimitExceededError(
                f"{self._whole.label}: unpacks to more than {self._limits.ratio} times its size"
            )


def skipped(message: str) -> Failure:
    """A failure that is none: nobody asked for this file."""
    return Failure("Skipped", "skipped", message)


def too_large(label: str, limits: Limits) -> Failure:
    """A file beyond the bound on a source."""
    return failure_of(LimitExceededError(f"{label}: larger than {limits.source_bytes} bytes"))


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while data := file.read(2**20):
        digest.update(data)
    return digest.hexdigest()


def _is_clutter(text: str) -> bool:
    return clutter(PurePosixPath(text).parts)
