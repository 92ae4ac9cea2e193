"""7z and rar archives, read in place: their members in memory, within a bound.

Both pack members together, so that one of them costs all that stand before it: an archive is
unpacked as a whole, and one that does not fit into the bound is refused. The libraries come
with the extra ``archives``; a rar whose members are compressed needs one of the programs
``unrar``, ``unar`` or ``bsdtar`` beside it.
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from attrs import frozen

from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EncryptedDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.sniff import install_command

#: What an archive may unpack to, in bytes, and how many members it may have.
TOTAL = 256 * 2**20
MEMBERS = 10_000
MAGIC = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}
_PACKAGES = {"7z": "py7zr", "rar": "rarfile"}


@frozen
class Member:
    """A member: its name, and its bytes or the reason why there are none."""

    name: str
    data: bytes | None
    error: DisclosureError | None = None


def installed(kind: str) -> bool:
    """Whether this installation reads ``7z`` or ``rar``."""
    try:
        return importlib.util.find_spec(_PACKAGES[kind]) is not None
    except ValueError:
        return False


def unpacked(kind: str, file: BinaryIO, label: str, limits: Limits) -> list[Member]:
    """All members of an archive in their order, without folders.

    Raises:
        UnsupportedFormatError: the library is not installed, or the program that it needs.
        EncryptedDocumentError: the archive needs a password.
        LimitExceededError: it unpacks to more than the bounds allow.
        CorruptDocumentError: it is damaged.
    """
    if not installed(kind):
        raise UnsupportedFormatError(
            f"{label}: reading a {kind} archive needs the extra 'archives':"
            f" {install_command('archives')}"
        )
    read = _seven if kind == "7z" else _rar
    try:
        return list(read(file, label, limits))
    except (DisclosureError, MemoryError):
        raise
    except Exception as error:  # both libraries raise many kinds on damaged archives
        raise CorruptDocumentError(
            f"{label}: the archive is damaged: {type(error).__name__}: {error}"
        ) from error


def _bounded(sizes: list[int], packed: int, label: str, limits: Limits) -> None:
    if len(sizes) > MEMBERS:
        raise LimitExceededError(f"{label}: more than {MEMBERS} members")
    if sum(sizes) > min(TOTAL, 2**20 + limits.ratio * packed):
        raise LimitExceededError(f"{label}: unpacks to {sum(sizes)} bytes")


def _seven(file: BinaryIO, label: str, limits: Limits) -> Iterator[Member]:
    import py7zr

    packed = file.seek(0, 2)
    file.seek(0)
    with py7zr.SevenZipFile(file) as archive:
        if archive.needs_password():
            raise EncryptedDocumentError(f"{label}: the archive needs a password")
        listed = [one for one in archive.list() if not one.is_directory]
        _bounded([one.uncompressed for one in listed], packed, label, limits)
        kept: dict[str, bytes] = {}
        archive.extractall(factory=_factory(kept, sum(one.uncompressed for one in listed)))
    for one in listed:
        yield _member(one.filename, kept.get(one.filename), limits)


def _factory(kept: dict[str, bytes], most: int) -> Any:
    """What py7zr writes the members to: memory, and no more than was declared."""
    from py7zr.io import Py7zIO, WriterFactory

    left = [most]

    class Memory(Py7zIO):
        def __init__(self, name: str) -> None:
            self._name, self._data = name, io.BytesIO()

        def write(self, s: bytes | bytearray) -> int:
            left[0] -= len(s)
            if left[0] < 0:
                raise LimitExceededError(f"{self._name}: longer than the archive says")
            return self._data.write(s)

        def read(self, size: int | None = None) -> bytes:
            return self._data.read(size)

        def seek(self, offset: int, whence: int = 0) -> int:
            return self._data.seek(offset, whence)

        def flush(self) -> None:
            pass

        def size(self) -> int:
            return self._data.getbuffer().nbytes

        def close(self) -> None:
            kept[self._name] = self._data.getvalue()

    class Factory(WriterFactory):
        def create(self, filename: str) -> Any:
            return Memory(filename)

    return Factory()


def _rar(file: BinaryIO, label: str, limits: Limits) -> Iterator[Member]:
    import rarfile

    packed = file.seek(0, 2)
    file.seek(0)
    with rarfile.RarFile(file) as archive:
        if archive.needs_password():
            raise EncryptedDocumentError(f"{label}: the archive needs a password")
        listed = [one for one in archive.infolist() if one.is_file()]
        _bounded([one.file_size for one in listed], packed, label, limits)
        for one in listed:
            try:
                with archive.open(one) as stream:
                    data = stream.read(one.file_size + 1)
            except rarfile.RarCannotExec as error:
                raise UnsupportedFormatError(
                    f"{label}: this rar needs one of the programs unrar, unar or bsdtar"
                ) from error
            except rarfile.Error as error:
                reason = f"{one.filename}: {type(error).__name__}: {error}"
                yield Member(one.filename, None, CorruptDocumentError(f"{label}: {reason}"))
            else:
                yield _member(one.filename, data, limits)


def _member(name: str, data: bytes | None, limits: Limits) -> Member:
    if data is None:
        return Member(name, None, CorruptDocumentError(f"{name}: is not in the archive"))
    if len(data) > limits.source_bytes:
        return Member(
            name, None, LimitExceededError(f"{name}: larger than {limits.source_bytes} bytes")
        )
    return Member(name, data)
