"""Damaged, encrypted and hostile PDF files: an error of ours or a diagnostic, in bounded time."""

from __future__ import annotations

import random
import time
import zlib

import pytest

from disclosure_parser.document import Document, Paragraph
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers import ocr
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from tests.readers.pdf_files import Sheet, Stream, Text, Writer, encrypted, grid, pdf

GOOD = pdf(
    [
        Sheet(marks=[Text(72, 100, "一、部门概况"), *grid([72, 200, 300], [120, 140, 160], TABLE)])
        for TABLE in ([["项目", "金额"], ["合计", "12.34"]],)
    ]
)


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_pdf(Input(data=data, name="test.pdf", limits=limits or Limits()))


def _one_page(content: Stream, resources: str = "", writer: Writer | None = None) -> bytes:
    writer = writer or Writer()
    stream = writer.add(content)
    pages = len(writer.objects) + 2
    page = writer.add(
        f"<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 500 500] "
        f"/Resources << {resources} >> /Contents {stream} 0 R >>"
    )
    writer.add(f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>")
    root = writer.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    return writer.bytes(root)


def test_a_password_is_needed() -> None:
    with pytest.raises(EncryptedDocumentError, match=r"test\.pdf"):
        read(encrypted(GOOD, user=b"secret"))


def test_a_file_protected_against_changes_only_is_read() -> None:
    document = read(encrypted(GOOD, user=b""))
    assert document.blocks == read(GOOD).blocks


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no pdf", bytes(range(256)) * 64])
def test_what_is_no_pdf_is_corrupt(data: bytes) -> None:
    with pytest.raises(CorruptDocumentError):
        read(data)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_read_or_refused(share: float) -> None:
    try:
        document = read(GOOD[: int(len(GOOD) * share)])
    except DisclosureError:
        return
    assert document.source.pages is not None


def test_damaged_bytes_never_raise_anything_else() -> None:
    dice = random.Random(7)
    for _ in range(150):
        data = bytearray(GOOD)
        for _ in range(dice.randint(1, 40)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            read(bytes(data))
        except DisclosureError:
            continue


def test_a_page_tree_in_a_circle_ends() -> None:
    writer = Writer()
    pages = writer.add("<< /Type /Pages /Kids [1 0 R 1 0 R] /Count 2 >>")
    root = writer.add(f"<< /Type /Catalog /Pages {pages} 0 R >>")
    try:
        document = read(writer.bytes(root))
    except DisclosureError:
        return
    assert not document.blocks


def test_pages_beyond_the_limit_are_refused() -> None:
    data = pdf([Sheet(marks=[])] * 12)
    assert read(data, Limits(pages=12)).source.pages == 12
    with pytest.raises(LimitExceededError, match="11 pages"):
        read(data, Limits(pages=11))


def test_characters_beyond_the_limit_are_refused() -> None:
    data = pdf([Sheet(marks=[Text(72, 100, "部门概况")])])
    with pytest.raises(LimitExceededError, match="characters"):
        read(data, Limits(characters=3))


def _laughs(levels: int, times: int) -> bytes:
    writer = Writer()
    form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    last = writer.add(Stream(form, b"0 0 m 5 5 l S"))
    for _ in range(levels):
        inner = f"/Resources << /XObject << /X {last} 0 R >> >>"
        last = writer.add(Stream(f"{form} {inner}", b"/X Do " * times))
    return _one_page(Stream("", b"/X Do"), f"/XObject << /X {last} 0 R >>", writer)


HOSTILE = {
    "content that unpacks to 60 MB of paths": _one_page(
        Stream("/Filter /FlateDecode", zlib.compress(b"0 0 m 5 5 l S " * 4_300_000))
    ),
    "content packed twice": _one_page(
        Stream(
            "/Filter [/FlateDecode /FlateDecode]",
            zlib.compress(zlib.compress(b"0 0 m 5 5 l S " * 4_300_000)),
        )
    ),
    "forms that paint forms": _laughs(12, 10),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_given_up_soon(data: bytes) -> None:
    start = time.process_time()
    document = read(data)
    assert time.process_time() - start < 20
    assert [item.code for item in document.diagnostics] == ["pdf.page"]
    assert document.diagnostics[0].place is not None
    assert document.diagnostics[0].place.page == 1


def test_a_form_within_a_form_is_read() -> None:
    assert not read(_laughs(2, 3)).diagnostics


def test_a_page_that_is_a_picture_needs_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    writer = Writer()
    image = writer.add(
        Stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
            "/ColorSpace /DeviceGray",
            b"\x7f",
        )
    )
    data = _one_page(
        Stream("", b"q 480 0 0 480 10 10 cm /I Do Q"), f"/XObject << /I {image} 0 R >>", writer
    )
    document = read(data)
    assert [item.code for item in document.diagnostics] == ["pdf.needs_ocr"]
    assert document.diagnostics[0].place is not None
    assert document.diagnostics[0].place.page == 1


def test_an_empty_page_needs_nothing() -> None:
    document = read(pdf([Sheet(marks=[])]))
    assert not document.blocks
    assert not document.diagnostics


def test_the_same_bytes_give_the_same_document() -> None:
    assert read(GOOD) == read(GOOD)
    assert any(isinstance(block, Paragraph) for block in read(GOOD).blocks)
