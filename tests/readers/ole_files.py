"""OLE compound files written in code: a header, a sector table, a directory, the streams."""

from __future__ import annotations

_SECTOR = 512
_END, _FAT = 0xFFFFFFFE, 0xFFFFFFFD
#: Shorter streams would be kept in another way.
_LEAST = 4096


def ole(streams: dict[str, bytes]) -> bytes:
    """The bytes of an OLE file with these streams, filled up with zeros to whole sectors."""
    padded = {name: _fill(data.ljust(_LEAST, b"\0")) for name, data in streams.items()}
    sectors = sum(len(data) for data in padded.values()) // _SECTOR
    directory_sectors = (len(padded) + 1 + 3) // 4
    tables = 1
    while (sectors + directory_sectors + tables) * 4 > tables * _SECTOR:
        tables += 1
    fat = [_FAT] * tables
    first = tables
    fat += [*range(first + 1, first + directory_sectors), _END]
    place = first + directory_sectors
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    for number, (name, data) in enumerate(padded.items(), start=1):
        count = len(data) // _SECTOR
        fat += [*range(place + 1, place + count), _END]
        following = number + 1 if number < len(padded) else None
        entries.append(_entry(name, 2, None, place, len(data), following))
        place += count
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + bytes.fromhex("3e000300feff09000600")
        + bytes(6) + _long(0) + _long(tables) + _long(first) + bytes(4) + _long(_LEAST)
        + _long(_END) + bytes(4) + _long(_END) + bytes(4)
        + b"".join(_long(number) for number in range(tables))
    ).ljust(_SECTOR, b"\xff")  # fmt: skip
    table = b"".join(map(_long, fat)).ljust(tables * _SECTOR, b"\xff")
    return header + table + _fill(b"".join(entries)) + b"".join(padded.values())


def _entry(
    name: str, kind: int, child: int | None, start: int, size: int, following: int | None = None
) -> bytes:
    raw = name.encode("utf-16-le")
    links = (None, following, child)
    return (
        raw.ljust(64, b"\0") + (len(raw) + 2).to_bytes(2, "little") + bytes([kind, 1])
        + b"".join(b"\xff" * 4 if link is None else _long(link) for link in links)
        + bytes(36) + _long(start) + size.to_bytes(8, "little")
    )  # fmt: skip


def _fill(data: bytes) -> bytes:
    return data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0")


def _long(number: int) -> bytes:
    return number.to_bytes(4, "little")
