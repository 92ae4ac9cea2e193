"""Formats told by content, and sources that cannot be opened."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from disclosure_parser.document import Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    SourceError,
    UnsupportedFormatError,
)
from disclosure_parser.readers import Limits, read_document
from disclosure_parser.readers.sniff import FORMATS, named_format, sniff

CORPUS = Path(__file__).parents[2] / "corpus"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TEXT = "水务局2021年部门预算\n一、收入10万元。\n".encode()


def zipped(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return target.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("ppt/presentation.xml"), "pptx"),
        (zipped("OFD.xml"), "ofd"),
        (zipped("mimetype", "META-INF/manifest.xml"), "odf"),
        (zipped("a.txt"), "archive"),
        (stream("EncryptedPackage"), "encrypted-office"),
        (stream("WordDocument"), "doc"),
        (stream("Workbook"), "xls"),
        (OLE, "ole"),
        (b"%PDF-1.7\n", "pdf"),
        (b"junk " * 200 + b"%PDF-1.4\n", "pdf"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"\xef\xbb\xbf \n<html lang='zh'>", "html"),
        ("<html>甲</html>".encode("utf-16"), "html"),
        (b"<?xml version='1.0'?><w:wordDocument/>", "xml"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "mht"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"Rar!\x1a\x07\x01\0", "archive"),
        (TEXT, "text"),
        # Silence: these only look like another format.
        ("PK 决赛\n".encode(), "text"),
        ("BM 公司\n".encode(), "text"),
        ("见 %PDF-文件\n".encode(), "text"),
        ("<附件> <html 是网页\n".encode(), "text"),
    ],
)
def test_formats_are_told_by_content(data: bytes, expected: str) -> None:
    assert sniff(data).name == expected


def test_every_suffix_claims_a_format() -> None:
    for known in FORMATS:
        assert all(named_format(f"报告{suffix}") is not None for suffix in known.suffixes)
    assert named_format("报告") is None
    assert named_format("报告.2021") is None


@pytest.mark.parametrize(
    ("data", "name", "named"),
    [
        (stream("Unknown"), "报告.docx", "OLE"),
        (zipped("ppt/presentation.xml"), "表.xlsx", "PowerPoint"),
        (zipped("OFD.xml"), "报告.ofd", "OFD"),
        (b"{\\rtf1 x}", "报告.doc", "RTF"),
        (b"%!PS-Adobe-3.0", "图.eps", "PostScript"),
        (bytes(range(256)) * 8, "报告.txt", "binary"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, name: str, named: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=named) as caught:
        read_document(data, limits=Limits(), name=name)
    assert name in str(caught.value)


def test_a_workbook_with_a_password_is_encrypted() -> None:
    with pytest.raises(EncryptedDocumentError, match="password"):
        read_document(stream("EncryptedPackage"), limits=Limits(), name="a.docx")


def test_a_damaged_zip_is_corrupt() -> None:
    with pytest.raises(CorruptDocumentError, match="zip"):
        read_document(zipped("a.txt")[:30], limits=Limits())


def test_a_mislabelled_source_is_read_and_said_so() -> None:
    document = read_document(TEXT, limits=Limits(), name="报告.doc")
    (note,) = document.diagnostics
    assert (note.code, note.severity) == ("source.mislabelled", Severity.NOTE)
    assert "plain text" in note.message
    assert document.source.format == "text"


@pytest.mark.parametrize("name", ["报告.txt", "报告", "报告.TXT", "报告.2021", None])
def test_a_fitting_name_says_nothing(name: str | None) -> None:
    assert not read_document(TEXT, limits=Limits(), name=name).diagnostics


def test_a_word_file_named_pdf_is_read_as_word() -> None:
    data = (CORPUS / "hebei-budget/report.docx").read_bytes()
    document = read_document(data, limits=Limits(), name="report.pdf")
    assert document.source.format == "docx"
    assert document.diagnostics[0].code == "source.mislabelled"


def test_sources_that_cannot_be_opened(tmp_path: Path) -> None:
    closed = io.BytesIO(TEXT)
    closed.close()
    for source in (tmp_path / "missing.txt", tmp_path, str(tmp_path), "a\0b", closed):
        with pytest.raises(SourceError) as caught:
            read_document(source, limits=Limits())
        assert isinstance(caught.value, OSError)
    with pytest.raises(SourceError, match="binary"):
        read_document(io.StringIO("甲"), limits=Limits())  # type: ignore[arg-type]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    path.chmod(0)
    with pytest.raises(SourceError):
        read_document(path, limits=Limits())


def test_all_kinds_of_source_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    documents = [
        read_document(path, limits=Limits()),
        read_document(str(path), limits=Limits()),
        read_document(TEXT, limits=Limits(), name=str(path)),
        read_document(io.BytesIO(TEXT), limits=Limits(), name=str(path)),
    ]
    assert all(document == documents[0] for document in documents)
    assert documents[0].source.size == len(TEXT)


def test_empty_and_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT)
    for source in (b"", io.BytesIO(), b" \n\t\n"):
        with pytest.raises(EmptyDocumentError):
            read_document(source, limits=Limits())
    small = Limits(source_bytes=len(TEXT) - 1)
    for large in (path, TEXT, io.BytesIO(TEXT)):
        with pytest.raises(LimitExceededError):
            read_document(large, limits=small)
    assert read_document(TEXT, limits=Limits(source_bytes=len(TEXT))).blocks


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_damaged_files_raise_errors_of_ours(name: str) -> None:
    data = (CORPUS / f"hebei-budget/report.{name}").read_bytes()
    for end in (10, 100, len(data) // 2, len(data) - 10):
        try:
            document = read_document(data[:end], limits=Limits(), name=f"a.{name}")
        except DisclosureError as error:
            assert str(error)  # noqa: PT017 - some cuts leave a readable file
        else:
            assert document.blocks
