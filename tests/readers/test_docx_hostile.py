"""Files that are damaged, deceitful or too large: an error of ours, soon, or a diagnostic."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Role, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Limits
from tests.readers.docx_files import (
    NAMESPACES,
    archive,
    box,
    codes,
    docx,
    p,
    part,
    r,
    read,
    tables,
    tbl,
    tc,
    texts,
    tr,
)

_NOTE = f"<w:footnote>{p('戊')}</w:footnote>"
_GOOD = docx(p("甲") + tbl(tr("乙", "丙")) + p("丁"), footnotes=_NOTE)
_ROOM, _EXIT = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
_LIMIT = 5.0


def _body(content: str) -> str:
    return part("document", f"<w:body>{content}</w:body>")


@pytest.mark.parametrize("length", range(0, len(_GOOD), 37))
def test_truncated(length: int) -> None:
    with pytest.raises(DisclosureError):
        read(_GOOD[:length])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_bytes(data: st.DataObject) -> None:
    damaged = bytearray(_GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(damaged))
    except DisclosureError:
        return


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18]))
def test_random_bytes(data: bytes, head: bytes) -> None:
    with pytest.raises(DisclosureError):
        read(head + data)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_xml(data: st.DataObject) -> None:
    xml = _body(p("甲", box("乙")) + tbl(tr(tc("丙", properties="<w:vMerge/>"), "丁")))
    start = data.draw(st.integers(0, len(xml)))
    stop = data.draw(st.integers(start, min(start + 40, len(xml))))
    piece = data.draw(st.sampled_from(["", "<", ">", "&amp;", "w:", '"']))
    content = xml[:start] + piece + xml[stop:]
    try:
        read(archive({"word/document.xml": content}))
    except DisclosureError:
        return


def _bomb(size: int) -> bytes:
    return archive({"word/document.xml": b"<a>" + b" " * size + b"</a>"})


def _many() -> bytes:
    return archive({f"word/{index}.xml": "" for index in range(20_001)})


def _entities() -> bytes:
    head = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    return archive({"word/document.xml": f"{head}<w:document {NAMESPACES}>&b;</w:document>"})


def _external_entity() -> bytes:
    head = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return archive({"word/document.xml": f"{head}<w:document {NAMESPACES}>&a;</w:document>"})


def _utf16_entities() -> bytes:
    head = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d [<!ENTITY a "ha">]>'
    xml = f"{head}<w:document {NAMESPACES}>&a;</w:document>".encode("utf-16")
    return archive({"word/document.xml": xml})


def _overlapping() -> bytes:
    """Two directory entries for the same bytes, under two names."""
    data = archive({"word/document.xml": _body(p("甲")), "word/documenT.xml.bak": "x"})
    start = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    second = data.rindex(b"PK\x03\x04")
    at = start + 42
    assert struct.unpack_from("<I", data, at)[0] == second
    return data[:at] + struct.pack("<I", 0) + data[at + 4 :]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: b"", DisclosureError),
        (lambda: b"PK\x05\x06" + b"\0" * 18, CorruptDocumentError),
        (lambda: archive({"word/styles.xml": "<a/>"}), CorruptDocumentError),
        (lambda: archive({"word/document.xml": ""}), CorruptDocumentError),
        (lambda: archive({"word/document.xml": "<other/>"}), CorruptDocumentError),
        (lambda: archive({"word/document.xml": _body("")}), EmptyDocumentError),
        (lambda: archive({"../word/document.xml": "x"}), CorruptDocumentError),
        (lambda: archive({"aaaa": "x"}).replace(b"aaaa", b"\0\0\0\0"), CorruptDocumentError),
        (lambda: archive({"word/a.xml": "x", "WORD/a.xml": "y"}), CorruptDocumentError),
        (lambda: _bomb(64 * 2**20), LimitExceededError),
        (lambda: _bomb(129 * 2**20), LimitExceededError),
        (_many, LimitExceededError),
        (_entities, CorruptDocumentError),
        (_external_entity, CorruptDocumentError),
        (_utf16_entities, CorruptDocumentError),
        (_overlapping, CorruptDocumentError),
        (lambda: docx("<w:odd>" * 300 + p("甲") + "</w:odd>" * 300), LimitExceededError),
        (lambda: docx(_ROOM * 70 + p("甲") + _EXIT * 70), LimitExceededError),
        (lambda: docx("<w:p><w:r>" * 20_000 + "</w:r></w:p>" * 20_000), LimitExceededError),
        (lambda: docx(tbl(*[tr(*["<w:tc/>"] * 1000)] * 1000)), LimitExceededError),
        (lambda: docx("<w:p/>" * 21_000_000), LimitExceededError),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, CorruptDocumentError),
        (
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedDocumentError,
        ),
    ],
)
def test_refused_soon(make: Callable[[], bytes], error: type[DisclosureError]) -> None:
    data = make()
    start = time.process_time()
    with pytest.raises(error):
        read(data)
    assert time.process_time() - start < _LIMIT


def test_an_encrypted_member() -> None:
    data = bytearray(_GOOD)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(magic) + offset
        data[at] |= 1
    with pytest.raises(EncryptedDocumentError):
        read(bytes(data))


def test_small_limits() -> None:
    with pytest.raises(LimitExceededError):
        read(docx(p("甲乙丙丁")), Limits(characters=3, member_bytes=10**6))
    with pytest.raises(LimitExceededError):
        read(docx(tbl(tr("a", "b"), tr("c", "d"))), Limits(cells=3))
    with pytest.raises(LimitExceededError):
        read(docx(tbl(tr("a", "b")) + tbl(tr("c", "d"))), Limits(cells=3))
    with pytest.raises(LimitExceededError):
        read(docx(p("甲") * 4), Limits(paragraphs=3))
    with pytest.raises(LimitExceededError):
        read(docx(_ROOM * 3 + p("甲") + _EXIT * 3), Limits(depth=2))
    assert texts(read(docx(p("甲") * 3), Limits(paragraphs=3))) == ["甲"] * 3


def test_deep_but_allowed() -> None:
    """Whatever the parser lets through must not exhaust the interpreter's stack."""
    for tag in ("odd", "ins", "hyperlink", "r"):
        inner = f"<w:{tag}>" * 245 + r("甲") + f"</w:{tag}>" * 245
        assert texts(read(docx(f"<w:p>{inner}</w:p>"))) == ["甲"]
    inner = "<w:del>" * 245 + r("甲") + "</w:del>" * 245
    assert texts(read(docx(f"<w:p>{inner}</w:p>")), Role.HIDDEN) == ["甲"]
    nested = p("甲")
    for _ in range(60):
        nested = tbl(tr(tc(nested)))
    assert len(tables(read(docx(nested)))) == 60


def test_tables_in_one_cell_take_no_longer_each() -> None:
    start = time.process_time()
    document = read(docx(tbl(tr(tc(*[p("甲"), tbl(tr("乙"))] * 5000)))))
    assert len(tables(document)) == 5001
    assert time.process_time() - start < _LIMIT


def test_oddities_without_end_are_summed_up() -> None:
    symbols = "".join(
        f'<w:r><w:sym w:font="Wingdings" w:char="F0{index:03x}"/></w:r>' for index in range(3000)
    )
    found = codes(read(docx(p("甲", symbols))))
    assert len(found) <= 1001
    assert found[-1] == "docx.more"


def test_a_number_that_prints_too_much() -> None:
    text = "一" * 100_000
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = p(properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    (text, *_) = texts(read(docx(listed * 1000, numbering=numbering)))
    assert len(text) < 300


@pytest.mark.parametrize("start", ["999999999", "-999999999", "9" * 5000, "x"])
@pytest.mark.parametrize(
    "form", ["lowerLetter", "upperRoman", "chineseCounting", "chineseCountingThousand", "decimal"]
)
def test_numbers_of_any_size(start: str, form: str) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = p("甲", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    (text,) = texts(read(docx(listed, numbering=numbering)))
    assert len(text) < 50


def test_styles_based_on_each_other() -> None:
    styles = "".join(
        f'<w:style w:styleId="s{index}"><w:basedOn w:val="s{(index + 1) % 500}"/></w:style>'
        for index in range(500)
    )
    assert texts(read(docx(p("甲", properties='<w:pStyle w:val="s7"/>'), styles=styles))) == ["甲"]


def test_damaged_side_parts_become_diagnostics() -> None:
    document = read(docx(p("甲"), styles=b"<broken", numbering=b"\xff\xff", footnotes=b"junk"))
    assert texts(document) == ["甲"]
    assert [(d.code, d.severity) for d in document.diagnostics] == [
        ("docx.part", Severity.ERROR)
    ] * 3


def test_macros_are_left_alone() -> None:
    content: dict[str, str | bytes] = {
        "word/document.xml": _body(p("甲")),
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
    }
    assert texts(read(archive(content))) == ["甲"]


def test_strict_documents() -> None:
    strict = _body(p("甲", properties='<w:jc w:val="center"/>') + tbl(tr("乙")))
    strict = strict.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = read(archive({"word/document.xml": strict}))
    assert texts(document) == ["甲"]
    assert [cell.text for cell in tables(document)[0].cells] == ["乙"]


def test_members_with_backslashes_and_other_case() -> None:
    assert texts(read(archive({"WORD\\Document.xml": _body(p("甲"))}))) == ["甲"]


def test_stored_and_deflated_only() -> None:
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", method) as output:
            output.writestr("word/document.xml", _body(p("甲")))
        with pytest.raises(CorruptDocumentError):
            read(target.getvalue())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as output:
        output.writestr("word/document.xml", _body(p("甲")))
    assert texts(read(target.getvalue())) == ["甲"]


def test_shuffled_elements() -> None:
    """Any element anywhere: no other error, and always an end."""
    chooser = random.Random(7)
    names = "p r t tbl tr tc sdt sdtContent pPr rPr tcPr trPr ins del fldChar instrText br"
    names += " txbxContent drawing"
    for _ in range(300):
        stack: list[str] = []
        xml = ""
        for _ in range(chooser.randrange(60)):
            if stack and chooser.random() < 0.45:
                xml += f"</w:{stack.pop()}>"
            else:
                stack.append(chooser.choice(names.split()))
                kind = chooser.choice(["begin", "separate", "end"])
                xml += f'<w:{stack[-1]} w:fldCharType="{kind}" w:val="2">字'
        xml += "".join(f"</w:{name}>" for name in reversed(stack))
        assert texts(read(docx(p("甲") + xml)))[0] == "甲"
