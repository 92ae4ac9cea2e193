"""Zip archives read as a stream: the directory entry by entry, a member by its place.

The standard library keeps an object per member, a gigabyte for a million of them, and reads the
whole directory before the first member can be opened. Here the directory is walked with the
memory of one entry, and a member is read by the numbers that its entry gave.
"""

from __future__ import annotations

import bz2
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from attrs import frozen

from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_ENCRYPTED = 0x1
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_CHUNK = 2**18
#: A ratio says nothing of small members.
_SMALL = 2**20


class _Unpacker(Protocol):
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


@frozen(kw_only=True)
class ZipEntry:
    """An entry of the directory; ``offset`` is that of the member in the file."""

    name: bytes
    folder: bool
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def entries(file: BinaryIO) -> Iterator[ZipEntry]:
    """Walk the directory.

    Raises:
        CorruptDocumentError: there is none, or it is damaged; entries before that were given.
    """
    start, size, shift = _directory(file)
    position, end = start, start + size
    while position + _ENTRY.size <= end:
        file.seek(position)
        head = file.read(_ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\x01\x02"):
            raise CorruptDocumentError(f"zip: no entry of the directory at byte {position}")
        values = _ENTRY.unpack(head)
        flags, method, crc, packed, unpacked = values[5], values[6], *values[9:12]
        name_length, extra_length, comment_length = values[12:15]
        attributes, offset = values[17], values[18]
        name = file.read(name_length)
        packed, unpacked, offset = _wide(file.read(extra_length), packed, unpacked, offset)
        yield ZipEntry(
            # As packed: a backslash may be the second byte of a character of GBK.
            name=name,
            folder=name.endswith(b"/") or bool(attributes & 0x10 and not unpacked),
            flags=flags,
            method=method,
            crc=crc,
            packed=packed,
            size=unpacked,
            offset=offset + shift,
        )
        position += _ENTRY.size + name_length + extra_length + comment_length


def read_member(file: BinaryIO, entry: ZipEntry, *, limit: int, ratio: int, label: str) -> bytes:
    """The bytes of a member.

    Raises:
        EncryptedDocumentError: it has a password.
        UnsupportedFormatError: it is packed by a method that is not read.
        LimitExceededError: it is larger than ``limit`` bytes, or unpacks to more than ``ratio``
            times its packed size; no more than that is unpacked.
        CorruptDocumentError: it is damaged.
    """
    if entry.flags & _ENCRYPTED:
        raise EncryptedDocumentError(f"{label}: the member has a password")
    unpacker = _unpacker(entry.method, label)
    file.seek(entry.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04"):
        raise CorruptDocumentError(f"{label}: no member at byte {entry.offset} of the zip")
    file.seek(sum(_LOCAL.unpack(head)[-2:]), 1)
    bound = min(limit, max(entry.packed * ratio, _SMALL))
    parts: list[bytes] = []
    left, got = entry.packed, 0
    try:
        while left > 0 and (data := file.read(min(left, _CHUNK))):
            left -= len(data)
            # One byte beyond the bound is enough to know.
            data = unpacker.decompress(data, bound + 1 - got) if unpacker else data
            got += len(data)
            if got > bound:
                raise LimitExceededError(
                    f"{label}: unpacks to more than {bound} bytes from {entry.packed}"
                )
            parts.append(data)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        if isinstance(error, LimitExceededError):
            raise
        raise CorruptDocumentError(f"{label}: the member is damaged: {error}") from error
    data = b"".join(parts)
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise CorruptDocumentError(f"{label}: the member is damaged: wrong size or checksum")
    return data


def _unpacker(method: int, label: str) -> _Unpacker | None:
    if method == _STORED:
        return None
    if method == _DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if method == _BZIP2:
        return bz2.BZ2Decompressor()
    raise UnsupportedFormatError(f"{label}: packed by zip method {method}, which is not read")


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """Offset and size of the directory, and how far the archive is shifted by what precedes it."""
    length = file.seek(0, 2)
    tail_length = min(length, _END.size + 2**16)
    file.seek(length - tail_length)
    tail = file.read(tail_length)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise CorruptDocumentError("zip: the directory at the end is missing (cut off?)")
    end = length - tail_length + at
    size, offset = _END.unpack_from(tail, at)[5:7]
    directory_end = end
    if size == 0xFFFFFFFF or offset == 0xFFFFFFFF or _END.unpack_from(tail, at)[4] == 0xFFFF:
        file.seek(max(0, end - _LOCATOR64.size))
        locator = file.read(_LOCATOR64.size)
        if locator.startswith(b"PK\x06\x07") and len(locator) == _LOCATOR64.size:
            directory_end = _LOCATOR64.unpack(locator)[2]
            file.seek(min(directory_end, length))
            record = file.read(_END64.size)
            if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
                raise CorruptDocumentError("zip: the 64-bit directory record is missing")
            size, offset = _END64.unpack(record)[8:10]
    shift = directory_end - size - offset
    if shift < 0 or size > length:
        raise CorruptDocumentError("zip: the directory does not fit into the file")
    return offset + shift, size, shift


def _wide(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """The 64-bit numbers of an entry where the others do not suffice."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind == 1:
            field = extra[position + 4 : position + 4 + length]
            wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            size = next(wide, size) if size == 0xFFFFFFFF else size
            packed = next(wide, packed) if packed == 0xFFFFFFFF else packed
            offset = next(wide, offset) if offset == 0xFFFFFFFF else offset
        position += 4 + length
    return packed, size, offset
