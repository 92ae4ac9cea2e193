"""The package: what python-docx makes of it, and that whatever it refuses is read all the same."""

from __future__ import annotations

import itertools
import random
import struct
import subprocess
import sys
import time

import pytest

from disclosure_parser.document import Document, Role, Severity
from disclosure_parser.errors import CorruptDocumentError, DisclosureError
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.docx.opc import Relation, open_parts
from disclosure_parser.readers.docx.package import Log, Package
from tests.readers.docx_files import (
    CONTENT_TYPES,
    RELATION,
    archive,
    codes,
    p,
    part,
    read,
    relations,
    texts,
)

_BODY = part("document", f"<w:body>{p('甲')}</w:body>")
_NOTES = part("footnotes", f"<w:footnote>{p('乙')}</w:footnote>")
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LIMIT = 5.0


def _files(links: str = "", /, **changes: str | bytes | None) -> dict[str, str | bytes]:
    """The members of a package whose main part has these ``<Relationship>`` elements."""
    files: dict[str, str | bytes | None] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _BODY,
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONSHIPS}">{links}</Relationships>'
        ),
        **changes,
    }
    return {name: content for name, content in files.items() if content is not None}


def _link(kind: str, target: str, key: str = "a", *, mode: str = "Internal") -> str:
    return (
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    )


def _package(files: dict[str, str | bytes]) -> tuple[Package, list[str]]:
    log = Log()
    package = Package(Input(data=archive(files), name="report.docx", limits=Limits()), log)
    return package, [entry.code for entry in log.entries()]


def test_parts_types_and_relationships_are_those_of_python_docx() -> None:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    override = f'<Override PartName="/text/body.xml" ContentType="{main}"/>'
    members = {
        "[Content_Types].xml": CONTENT_TYPES.replace("</Types>", f"{override}</Types>"),
        "_rels/.rels": relations({"a": ("officeDocument", "text/body.xml")}),
        "text/body.xml": _BODY,
        "text/_rels/body.xml.rels": (
            f'<Relationships xmlns="{_RELATIONSHIPS}">{_link("header", "../top.xml", "b")}'
            f"{_link('hyperlink', 'http://example.invalid/', 'c', mode='External')}"
            "</Relationships>"
        ),
        "top.xml": part("hdr", p("丙")),
        "alone.xml": "<a/>",
    }
    parts = open_parts({name: content.encode() for name, content in members.items()})
    assert parts.blobs == {name: members[name].encode() for name in ("text/body.xml", "top.xml")}
    assert parts.content_types == {"text/body.xml": main, "top.xml": "application/xml"}
    assert parts.relations == {
        "": {"a": Relation(kind="officeDocument", part="text/body.xml")},
        "text/body.xml": {
            "b": Relation(kind="header", part="top.xml"),
            "c": Relation(kind="hyperlink", part=None),
        },
    }
    document = read(archive(dict(members)))
    assert (texts(document), texts(document, Role.FURNITURE)) == (["甲"], ["丙"])
    assert codes(document) == []


_REFUSED: dict[str, dict[str, str | bytes]] = {
    "no content types": _files(**{"[Content_Types].xml": None}),
    "no content type for a part": _files(**{"[Content_Types].xml": "<Types/>"}),
    "content types that are none": _files(**{"[Content_Types].xml": "<a><b/></a>"}),
    "damaged content types": _files(**{"[Content_Types].xml": b"\xff\xfejunk"}),
    "a part that is missing": _files(_link("image", "../NULL", "b")),
    "a part outside": _files(_link("header", "../../../../etc/passwd", "b")),
    "a part in other letters": _files(_link("theme", "B.XML", "b"), **{"word/b.xml": "<a/>"}),
    "a name in escapes": _files(_link("theme", "a%20b.xml", "b"), **{"word/a b.xml": "<a/>"}),
    "a relationship to nothing": _files("<Relationship/>"),
    "no relationships where they should be": _files(**{"_rels/.rels": "<a/>"}),
    "members with backslashes in other letters": {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
        "WORD\\Document.xml": _BODY,
        "WORD\\_rels\\Document.xml.rels": relations({}),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", _REFUSED)
def test_what_python_docx_refuses_is_read_by_name(name: str) -> None:
    files = dict(_REFUSED[name])
    rels = next(item for item in files if item.lower().endswith("document.xml.rels"))
    content = files[rels]
    assert isinstance(content, str)
    note = _link("footnotes", "footnotes.xml", "n")
    files[rels] = content.replace("</Relationships>", f"{note}</Relationships>")
    files["word/footnotes.xml"] = _NOTES
    document = read(archive(files))
    assert (texts(document), texts(document, Role.NOTE)) == (["甲"], ["乙"])
    found = [entry for entry in document.diagnostics if entry.code == "docx.package"]
    assert [entry.severity for entry in found] == [Severity.NOTE]


def test_a_missing_part_is_told_of_when_it_matters() -> None:
    document = read(archive(_files(_link("styles", "gone.xml"))))
    assert (texts(document), codes(document)) == (["甲"], ["docx.package", "docx.part"])
    links = _link("styles", "http://example.invalid/s.xml", "a", mode="External")
    links += _link("header", "file:///etc/passwd", "b", mode="External")
    assert codes(read(archive(_files(links)))) == []


def test_damage_where_nobody_looks_is_no_matter() -> None:
    links = _link("theme", "theme.xml", "a") + _link("image", "a.png", "b")
    types = CONTENT_TYPES.replace("</Types>", '<Default Extension="png" ContentType="p"/></Types>')
    files = _files(links, **{"word/theme.xml": "T" * 50, "word/a.png": "P" * 50})
    data = bytearray(archive({**files, "[Content_Types].xml": types}))
    for name in (b"word/theme.xml", b"word/a.png"):
        at = data.index(name) + len(name)
        data[at : at + 3] = b"\xff\xff\xff"
    document = read(bytes(data))
    assert (texts(document), codes(document)) == (["甲"], [])


def test_pictures_are_not_unpacked() -> None:
    files = _files(_link("image", "a.png"), **{"word/a.png": b"P" * 1000})
    types = CONTENT_TYPES.replace("</Types>", '<Default Extension="png" ContentType="p"/></Types>')
    package, found = _package({**files, "[Content_Types].xml": types})
    assert package.content_type("word/a.png") == "p"
    assert found == []
    assert package._parts is not None
    assert package._parts.blobs["word/a.png"] == b""


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_reaches_python_docx(name: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "ha">]>'
    content = f"{head}<d a='&a;'/>".encode(encoding)
    with pytest.raises(CorruptDocumentError):
        read(archive(_files(**{name: content})))


def test_a_spreadsheet_is_named_as_what_it_is() -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    override = f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
    files = {
        "[Content_Types].xml": CONTENT_TYPES.replace("</Types>", f"{override}</Types>"),
        "_rels/.rels": relations({"a": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": "<workbook/>",
    }
    with pytest.raises(CorruptDocumentError, match="spreadsheetml"):
        read(archive(dict(files)))


def test_a_member_larger_than_it_says() -> None:
    """The bytes unpacked are bounded by the size declared, not by what the packed bytes hold."""
    body = _BODY.replace("</w:body>", " " * 300_000_000 + "</w:body>")
    data = bytearray(archive(_files(**{"word/document.xml": body})))
    at = data.rindex(b"word/document.xml", 0, data.index(b"word/_rels", data.index(b"PK\x01\x02")))
    struct.pack_into("<I", data, at - 46 + 24, 1000)
    program = (
        "import resource, sys; from tests.readers.docx_files import read\n"
        "from disclosure_parser.errors import CorruptDocumentError\n"
        "data = sys.stdin.buffer.read()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 * 2**20, 400 * 2**20))\n"
        "try: read(data)\n"
        "except CorruptDocumentError: print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=bytes(data), capture_output=True, check=False
    )
    assert (done.stdout.strip(), done.stderr[-400:]) == (b"refused", b"")


def _chain(length: int) -> dict[str, str | bytes]:
    """Parts of which each names the next."""
    files = _files(_link("theme", "0.xml"))
    for index in range(length):
        files[f"word/{index}.xml"] = "<a/>"
        if index:
            files[f"word/_rels/{index - 1}.xml.rels"] = relations({"a": ("theme", f"{index}.xml")})
    return files


def _web(parts: int, links: int) -> dict[str, str | bytes]:
    """Many relationships to many parts."""
    files = _files("".join(_link("theme", f"{i % parts}.xml", f"r{i}") for i in range(links)))
    files.update({f"word/{index}.xml": "<a/>" for index in range(parts)})
    return files


@pytest.mark.parametrize(
    "files", [_chain(3000), _web(9000, 9000), _web(1000, 200_000)], ids=["chain", "wide", "dense"]
)
def test_a_web_of_relationships_takes_no_long(files: dict[str, str | bytes]) -> None:
    data = archive(files)
    start = time.process_time()
    document = read(data)
    assert time.process_time() - start < _LIMIT
    assert (texts(document), codes(document)) == (["甲"], ["docx.package"])


def test_relationships_in_a_circle() -> None:
    files = _files(_link("header", "top.xml"), **{"word/top.xml": part("hdr", p("丙"))})
    files["word/_rels/top.xml.rels"] = relations({"a": ("header", "document.xml")})
    document = read(archive(files))
    assert (texts(document), codes(document)) == (["甲"], [])
    assert texts(document, Role.FURNITURE) == ["丙"]


def test_shuffled_descriptions() -> None:
    """Any damage to what describes a package: the text is read, or an error of ours."""
    chooser = random.Random(11)
    good = _files(_link("footnotes", "footnotes.xml"), **{"word/footnotes.xml": _NOTES})
    names = ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]
    pieces = ["", "<", ">", '"', "/", "..", "\\", "%00", "External", "&amp;", "甲"]
    read_ = 0
    for name, _ in itertools.product(names, range(150)):
        text = good[name]
        assert isinstance(text, str)
        start = chooser.randrange(len(text))
        stop = start + chooser.choice([0, 1, 5, 30])
        changed = text[:start] + chooser.choice(pieces) + text[stop:]
        try:
            document: Document = read(archive({**good, name: changed}))
        except DisclosureError:
            continue
        read_ += texts(document) == ["甲"]
    assert read_ > 400


def test_python_docx_is_imported_only_to_read() -> None:
    program = (
        "import sys; from disclosure_parser.readers.docx import reader\n"
        "sys.exit('docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
