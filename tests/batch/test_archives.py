"""Archives are read in place, within bounds."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
from attrs import evolve

from disclosure_parser.batch import Settings
from disclosure_parser.batch.archives import ENTRIES, items
from disclosure_parser.batch.names import text_of_name
from disclosure_parser.batch.opening import Opener
from disclosure_parser.readers.base import Limits
from tests.batch.support import agency, batch, by_name, report, reports, tarred, zipped

PLAIN = Settings(workers=2, timeout=60.0)
MEMBERS = [(f"部门/{number}.txt", report(number)) for number in range(5)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped(MEMBERS)),
        ("a.tar", tarred(MEMBERS)),
        ("a.tar.gz", tarred(MEMBERS, "gz")),
        ("a.tar.bz2", tarred(MEMBERS, "bz2")),
        ("a.tar.xz", tarred(MEMBERS, "xz")),
        ("a.bin", tarred(MEMBERS, "xz")),
        ("sfx.exe.zip", zipped(MEMBERS)),
    ],
)
def test_members_are_parsed_in_their_order(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    found = batch([tmp_path / name], tmp_path / "out", PLAIN)
    labels = [entry["file"] for entry in found]
    base = str(tmp_path / name)
    assert labels == [base, *(f"{base}!/{member}" for member, _ in MEMBERS)]
    assert found[0]["status"] == "skipped"
    assert {entry["status"] for entry in found[1:]} == {"complete"}
    made = [r["identity"]["agency"] for r in reports(tmp_path / "out")]
    assert made == [agency(number) for number in range(5)]


def test_a_document_that_is_a_zip_is_no_archive(tmp_path: Path, corpus: Path) -> None:
    """The silence check, for Word alone and inside of archives."""
    word = (corpus / "hebei-budget" / "report.docx").read_bytes()
    (tmp_path / "report.docx").write_bytes(word)
    (tmp_path / "z.zip").write_bytes(zipped([("w.docx", word), ("t.txt", report(1))]))
    found = by_name(batch([tmp_path], tmp_path / "out", PLAIN))
    assert set(found) == {"report.docx", "z.zip", "w.docx", "t.txt"}
    assert found["report.docx"]["format"] == "docx"
    assert found["w.docx"]["duplicate_of"].endswith("report.docx")


def test_a_single_packed_file(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "r.txt.gz").write_bytes(gzip.compress(report(4)))
    found = by_name(batch([tmp_path / "r.txt.gz"], tmp_path / "out", PLAIN))
    assert found["r.txt"]["status"] == "complete"


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped([("deep.txt", report(2))])
    for level in range(5):
        pack = zipped if level % 2 else tarred
        inner = pack([(f"level{level}", inner), (f"{level}.txt", report(level + 20))])
    (tmp_path / "nest").write_bytes(inner)
    found = by_name(batch([tmp_path / "nest"], tmp_path / "out", PLAIN))
    assert set(found) == {"nest", "level4", "4.txt", "level3", "3.txt", "level2", "2.txt"}
    assert all(found[f"{number}.txt"]["status"] == "complete" for number in (2, 3, 4))
    assert "archives in archives" in found["level2"]["error"]["message"]


def test_names_that_climb_and_names_in_gbk(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../etc/passwd.txt", report(1))
        archive.writestr("/abs.txt", report(2))
        # The second byte of 乗 in GBK is a backslash.
        name = "乗岭市档案馆预算.txt".encode("gbk")
        info = zipfile.ZipInfo("x" * len(name))
        archive.writestr(info, report(3))
    data = out.getvalue().replace(b"x" * len(name), name)
    (tmp_path / "a.zip").write_bytes(data)
    before = set(tmp_path.parent.rglob("passwd.txt"))
    found = batch([tmp_path / "a.zip"], tmp_path / "out", PLAIN)
    labels = [entry["file"].partition("!/")[2] for entry in found[1:]]
    assert labels == ["../../../etc/passwd.txt", "/abs.txt", "乗岭市档案馆预算.txt"]
    assert [entry["status"] for entry in found[1:]] == ["complete"] * 3
    assert set(tmp_path.parent.rglob("passwd.txt")) == before == set()


def test_names_show_no_control_characters() -> None:
    assert text_of_name("预算.txt".encode()) == "预算.txt"
    assert text_of_name(b"a\nb\x1b[31m") == "a\\x0ab\\x1b[31m"
    assert text_of_name("a\u202etxt.exe".encode()) == "a\\x202etxt.exe"
    assert text_of_name(b"\xff\x01") == "\\xff\\x01"
    assert text_of_name(b"\xff\xff") == "\\xff\\xff"


def test_damaged_archives_keep_what_can_be_read(tmp_path: Path) -> None:
    whole = zipped(MEMBERS)
    broken = bytearray(whole)
    at = whole.find(b"PK\x03\x04", 10) + 60
    broken[at : at + 20] = bytes(20)
    (tmp_path / "crc.zip").write_bytes(broken)
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    packed = tarred(MEMBERS)
    (tmp_path / "cut.tar").write_bytes(packed[: 512 * 5 + 100])
    (tmp_path / "cut.tar.gz").write_bytes(tarred([(n, d * 3000) for n, d in MEMBERS], "gz")[:4000])
    found = batch([tmp_path], tmp_path / "out", PLAIN)
    tops = {e["file"].split("/")[-1]: e for e in found if "!/" not in e["file"]}
    assert tops["crc.zip"]["status"] == "skipped"
    assert all(tops[n]["error"]["code"] == "corrupt" for n in ("cut.zip", "cut.tar", "cut.tar.gz"))
    members = [e for e in found if "crc.zip!/" in e["file"]]
    assert sorted(e["status"] for e in members) == ["complete"] * 4 + ["failed"]
    assert any("cut.tar!/" in e["file"] and e["status"] == "complete" for e in found)


def test_bombs_cost_little(tmp_path: Path) -> None:
    zeros = bytes(64 * 2**20)
    (tmp_path / "bomb.zip").write_bytes(zipped([("zeros.txt", zeros), ("good.txt", report(1))]))
    (tmp_path / "bomb.tar.xz").write_bytes(tarred([(f"{n}.txt", zeros) for n in range(6)], "xz"))
    limits = Limits(source_bytes=16 * 2**20)
    found = batch([tmp_path], tmp_path / "out", PLAIN, limits=limits, memory=2**30)
    names = {e["file"].split("/")[-1]: e for e in found}
    assert names["zeros.txt"]["error"]["code"] == "limit"
    assert names["good.txt"]["status"] == "complete"
    assert names["bomb.tar.xz"]["error"]["code"] == "limit"


def test_a_password_and_an_unknown_packing(tmp_path: Path) -> None:
    data = bytearray(zipped([("a.txt", report(1))]))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "secret.zip").write_bytes(data)
    data = bytearray(zipped([("b.txt", report(1))]))
    data[data.find(b"PK\x01\x02") + 10] = 9
    (tmp_path / "other.zip").write_bytes(data)
    found = by_name(batch([tmp_path], tmp_path / "out", PLAIN))
    assert found["a.txt"]["error"]["code"] == "encrypted"
    assert found["b.txt"]["error"]["code"] == "unsupported_format"


def many_entries(count: int) -> bytes:
    """A zip whose directory names one member many times."""
    content = report(1)
    packed = zlib.compress(content)[2:-4]
    crc = zlib.crc32(content)
    local = struct.pack(
        "<4s2B4HL2L2H", b"PK\x03\x04", 20, 0, 0, 8, 0, 0, crc, len(packed), len(content), 5, 0
    )
    body = local + b"a.txt" + packed
    out = [body]
    for number in range(count):
        name = b"%07d" % number
        out.append(
            struct.pack(
                "<4s4B4HL2L5H2L",
                b"PK\x01\x02",
                20,
                3,
                20,
                0,
                0,
                8,
                0,
                0,
                crc,
                len(packed),
                len(content),
                len(name),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + name
        )
    size = sum(map(len, out[1:]))
    out.append(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, len(body), 0))
    return b"".join(out)


def test_an_archive_of_very_many_entries(tmp_path: Path) -> None:
    """Walked with the memory of one entry, and its one content parsed once."""
    import tracemalloc

    path = tmp_path / "many.zip"
    path.write_bytes(many_entries(20_000))
    tracemalloc.start()
    count = sum(1 for _ in items(bytes(path), "many.zip", Limits(ratio=2000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_001 < ENTRIES
    assert peak < 4 * 2**20
    found = batch([path], tmp_path / "out", PLAIN, limits=Limits(ratio=2000))
    assert len(found) == 20_001
    assert len(reports(tmp_path / "out")) == 1


def test_what_overlaps_is_bounded(tmp_path: Path) -> None:
    """Many entries over the same bytes unpack to many times the size of the archive."""
    path = tmp_path / "overlap.zip"
    path.write_bytes(many_entries(20_000))
    found = list(items(bytes(path), "overlap.zip", evolve(Limits(), ratio=0)))
    assert found[-1].failure is not None or len(found) == 20_001


def test_links_and_special_members_are_left_alone(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("l.txt", tarfile.SYMTYPE),
            ("h.txt", tarfile.LNKTYPE),
            ("p", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("r.txt")
        info.size = len(report(1))
        archive.addfile(info, io.BytesIO(report(1)))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    found = by_name(batch([tmp_path / "a.tar"], tmp_path / "out", PLAIN))
    assert [found[n]["status"] for n in ("l.txt", "h.txt", "p")] == ["skipped"] * 3
    assert found["r.txt"]["status"] == "complete"


def test_an_opener_reads_what_was_found(tmp_path: Path) -> None:
    """Forwards, backwards and from the same stream."""
    path = tmp_path / "a.tar.gz"
    path.write_bytes(tarred(MEMBERS, "gz"))
    found = [item for item in items(bytes(path), "a", Limits()) if item.member]
    opener = Opener(Limits())
    order = [0, 1, 4, 2, 2, 3]
    assert [opener.read(found[n]) for n in order] == [MEMBERS[n][1] for n in order]
