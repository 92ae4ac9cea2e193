"""Plain text in any encoding, damaged text, and text that is none."""

from __future__ import annotations

import pytest

from disclosure_parser.document import Severity
from disclosure_parser.errors import LimitExceededError, UnsupportedFormatError
from disclosure_parser.readers import Limits, read_document

TEXT = "水务局2021年部门预算公开\n一、部门收入预算10.5万元，全部为一般公共预算财政拨款。\n"
TRADITIONAL = (
    "水務局2021年部門預算公開說明\n一、部門收入預算10.5萬元，全部為一般公共預算財政撥款。\n"
)


def texts(data: bytes) -> list[str]:
    return [b.text for _, b in read_document(data, limits=Limits()).paragraphs()]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
    ],
)
def test_encodings(encoding: str, named: str) -> None:
    document = read_document(TEXT.encode(encoding), limits=Limits())
    assert [b.text for _, b in document.paragraphs()] == TEXT.splitlines()
    assert document.source.encoding == named
    assert not document.diagnostics


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-be"])
def test_traditional_text(encoding: str) -> None:
    document = read_document(TRADITIONAL.encode(encoding), limits=Limits())
    assert [b.text for _, b in document.paragraphs()] == TRADITIONAL.splitlines()
    assert document.source.encoding == encoding


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    data = f"甲部门{end}\t名\t数{end}\t乙\t1{end}{end}丙".encode()
    document = read_document(data, limits=Limits())
    assert [b.text for _, b in document.paragraphs()] == ["甲部门", "丙"]
    place = document.blocks[2].fragments[0].place  # type: ignore[union-attr]
    assert (place.line, place.offset) == (5, 0)


def test_breaks_inside_a_line_part_paragraphs_and_keep_the_line() -> None:
    document = read_document("甲\f乙\v丙\u2028丁\x85戊\n己".encode(), limits=Limits())
    paragraphs = [b for _, b in document.paragraphs()]
    assert [b.text for b in paragraphs] == list("甲乙丙丁戊己")
    places = [b.fragments[0].place for b in paragraphs]
    assert [(p.line, p.offset) for p in places] == [(1, i) for i in (0, 2, 4, 6, 8)] + [(2, 0)]


def test_undecodable_bytes_are_named_by_line_and_offset() -> None:
    lines = TEXT.encode().split(b"\n")
    lines[1] = lines[1][:9] + b"\xff" + lines[1][9:]
    document = read_document(b"\n".join(lines), limits=Limits())
    (diagnostic,) = document.diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("text.undecodable", Severity.ERROR)
    assert diagnostic.place is not None
    assert (diagnostic.place.line, diagnostic.place.offset) == (2, 3)
    assert document.source.encoding == "utf-8"


def test_a_text_cut_inside_a_character() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = (TEXT * 3).rstrip("\n").encode(encoding)[:-1]
        document = read_document(data, limits=Limits())
        assert [d.code for d in document.diagnostics] == ["text.undecodable"]
        assert document.source.encoding == encoding


def test_many_damaged_lines_are_summed_up() -> None:
    data = b"".join(("部门预算收入" * 10).encode() + b"\xff\n" for _ in range(60))
    diagnostics = read_document(data, limits=Limits()).diagnostics
    assert len(diagnostics) == 21
    assert "40 more" in diagnostics[-1].message


def test_control_characters_are_kept_and_told() -> None:
    document = read_document("部门预算公开说明\n收入1\0002万元\n".encode(), limits=Limits())
    assert [d.code for d in document.diagnostics] == ["text.controls"]
    assert document.diagnostics[0].place is not None
    assert (document.diagnostics[0].place.line, document.diagnostics[0].place.offset) == (2, 3)
    assert "\0" in [b.text for _, b in document.paragraphs()][1]


@pytest.mark.parametrize("data", [bytes(2000), bytes(range(256)) * 20, b"\x01\x02\x03", b"\xff"])
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnsupportedFormatError, match="binary"):
        read_document(data, limits=Limits())


def test_a_short_text_is_text() -> None:
    assert texts("无\n".encode()) == ["无"]
    assert texts("部门".encode("gbk")) == ["部门"]


@pytest.mark.parametrize(
    "limits",
    [
        Limits(characters=len(TEXT) - 1),
        Limits(paragraphs=1),
        Limits(paragraphs=0, cells=0),
    ],
)
def test_limits(limits: Limits) -> None:
    with pytest.raises(LimitExceededError):
        read_document(TEXT.encode(), limits=limits)


def test_limit_of_cells() -> None:
    data = "名\t数\t额\n甲\t1\t2\n".encode()
    with pytest.raises(LimitExceededError):
        read_document(data, limits=Limits(cells=5))
    assert list(read_document(data, limits=Limits(cells=6)).tables())
