"""7z and rar archives are read in place, within bounds."""

from __future__ import annotations

import io
import sys
import zlib
from pathlib import Path
from struct import pack
from typing import Any

import py7zr
import pytest

from disclosure_parser import parse_disclosure
from disclosure_parser.batch import solid
from disclosure_parser.batch.archives import items
from disclosure_parser.batch.opening import Opener
from disclosure_parser.errors import LimitExceededError, UnsupportedFormatError
from disclosure_parser.readers.base import Limits
from tests.batch.support import agency, batch, by_name, report, reports, zipped

MEMBERS = [(f"部门/{number}.txt", report(number)) for number in range(4)]


def seven(members: list[tuple[str, bytes]], **options: Any) -> bytes:
    data = io.BytesIO()
    with py7zr.SevenZipFile(data, "w", **options) as archive:
        for name, content in members:
            archive.writestr(content, name)
    return data.getvalue()


def rar(members: list[tuple[str, bytes]]) -> bytes:
    """A rar (version 4) of stored members."""

    def block(kind: int, flags: int, body: bytes) -> bytes:
        head = pack("<BHH", kind, flags, 7 + len(body)) + body
        return pack("<H", zlib.crc32(head) & 0xFFFF) + head

    data = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, content in members:
        plain = name.encode("ascii")
        body = pack("<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, 20, 0x30,
                    len(plain), 0o100644) + plain  # fmt: skip
        data += block(0x74, 0x8000, body) + content
    return data + block(0x7B, 0x4000, b"")


def test_members_of_7z_are_parsed_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.7z").write_bytes(seven(MEMBERS))
    found = batch([tmp_path / "a.7z"], tmp_path / "out")
    base = str(tmp_path / "a.7z")
    assert [entry["file"] for entry in found] == [base, *(f"{base}!/{name}" for name, _ in MEMBERS)]
    assert [entry["status"] for entry in found] == ["skipped", *["complete"] * 4]
    made = [r["identity"]["agency"] for r in reports(tmp_path / "out")]
    assert made == [agency(number) for number in range(4)]


def test_members_of_rar_are_parsed(tmp_path: Path) -> None:
    members = [(f"{number}.txt", report(number)) for number in range(3)]
    (tmp_path / "a.rar").write_bytes(rar(members))
    found = batch([tmp_path / "a.rar"], tmp_path / "out")
    assert [entry["status"] for entry in found] == ["skipped", *["complete"] * 3]


def test_archives_in_archives(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped([("b.7z", seven(MEMBERS[:2]))]))
    (tmp_path / "c.7z").write_bytes(seven([("d.zip", zipped(MEMBERS[2:]))]))
    found = by_name(batch([tmp_path], tmp_path / "out"))
    assert {name for name, entry in found.items() if entry["status"] == "complete"} == {
        "0.txt",
        "1.txt",
        "2.txt",
        "3.txt",
    }


def test_members_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(seven(MEMBERS))
    opener = Opener(Limits())
    found = list(items(bytes(path), str(path), Limits()))
    assert [opener.read(item) for item in reversed(found[:-1])] == [
        content for _, content in reversed(MEMBERS)
    ]


@pytest.mark.parametrize("make", [seven, rar])
def test_a_damaged_archive_is_said(tmp_path: Path, make: object) -> None:
    whole = make([("a.txt", report(1)), ("b.txt", report(2))])  # type: ignore[operator]
    for number, data in enumerate((whole[: len(whole) // 2], whole[:40], _flipped(whole))):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(data)
        for item in items(bytes(path), path.name, Limits()):
            assert item.sha256 or item.failure


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(b ^ 0x55 for b in data[middle : middle + 8]) + data[middle + 8 :]


def test_a_password_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(seven(MEMBERS, password="secret", header_encryption=True))
    (item,) = items(bytes(path), "a.7z", Limits())
    assert item.failure is not None
    assert item.failure.code in {"encrypted", "corrupt"}
    path.write_bytes(seven(MEMBERS, password="secret"))
    (item,) = items(bytes(path), "a.7z", Limits())
    assert item.failure is not None
    assert item.failure.code == "encrypted"


def test_a_bomb_is_not_unpacked() -> None:
    data = seven([("a.txt", bytes(64 * 2**20))])
    assert len(data) < 2**20
    with pytest.raises(LimitExceededError, match="unpacks to"):
        solid.unpacked("7z", io.BytesIO(data), "a.7z", Limits(ratio=10))


def test_members_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solid, "MEMBERS", 3)
    with pytest.raises(LimitExceededError, match="members"):
        solid.unpacked("7z", io.BytesIO(seven(MEMBERS)), "a.7z", Limits())


@pytest.mark.parametrize(("kind", "library"), [("7z", "py7zr"), ("rar", "rarfile")])
def test_without_the_extra_it_is_named(
    monkeypatch: pytest.MonkeyPatch, kind: str, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UnsupportedFormatError, match="extra 'archives'"):
        solid.unpacked(kind, io.BytesIO(b""), f"a.{kind}", Limits())


def test_an_archive_of_an_agency(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    path.write_bytes(seven([("a.txt", report(1))]))
    assert parse_disclosure(path).identity.agency == agency(1)
