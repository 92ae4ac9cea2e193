"""Pages that are pictures: text, tables and figures recognised, marked, and held to each other."""

from __future__ import annotations

import io
import sys
from collections import Counter
from typing import Any

import pytest
from corpus.build import ROOT

from disclosure_parser import (
    CorruptDocumentError,
    LimitExceededError,
    Limits,
    Report,
    UnsupportedFormatError,
    from_json,
    parse,
    to_json,
)
from disclosure_parser.document import fold_text
from disclosure_parser.readers import ocr

if not ocr.installed():
    pytest.skip("the extra 'ocr' is not installed", allow_module_level=True)

import numpy as np
import pypdfium2
from corpus.scan import pictures
from PIL import Image

SCAN = ROOT / "hebei-budget" / "scan.pdf"
PRINTED = ROOT / "hebei-budget" / "report.pdf"


@pytest.fixture(scope="module")
def scanned() -> Report:
    return parse(SCAN)


@pytest.fixture(scope="module")
def printed() -> Report:
    return parse(PRINTED)


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A page with a table, scanned."""
    source = pypdfium2.PdfDocument(PRINTED)
    one = pypdfium2.PdfDocument.new()
    one.import_pages(source, [6])
    data = io.BytesIO()
    one.save(data)
    return pictures(data.getvalue())[0]


def _figures(report: Report) -> Counter[tuple[object, ...]]:
    return Counter(
        (f.concept, f.measure, f.state, f.yuan if f.yuan is not None else f.number, f.year, f.phase)
        for f in report.facts()
    )


def test_the_figures_of_a_scan_are_those_of_the_report(scanned: Report, printed: Report) -> None:
    expected = _figures(printed)
    right = (expected & _figures(scanned)).total()
    assert right >= 0.98 * expected.total()


def test_what_is_wrong_is_never_given_as_sure(scanned: Report) -> None:
    facts = scanned.facts()
    assert facts
    for fact in facts:
        assert fact.doubt is not None
        assert fact.doubt.startswith("recognised in a picture, confidence 0.") or (
            fact.doubt.startswith("recognised in a picture, confidence 1.")
        )
        assert scanned.document.confidence(fact.anchor) is not None
    agreed = [fact for fact in facts if "agrees: " in (fact.doubt or "")]
    assert len(agreed) > len(facts) / 4


def test_outline_and_identity(scanned: Report, printed: Report) -> None:
    assert scanned.identity.agency == printed.identity.agency
    assert scanned.identity.fiscal_year == printed.identity.fiscal_year

    def outline(report: Report) -> list[tuple[str, str]]:
        return [(s.kind, fold_text(s.title)) for s in report.walk()]

    assert outline(scanned) == outline(printed)
    assert [s.kind for s in scanned.statements] == [s.kind for s in printed.statements]


def test_a_recognised_figure_is_no_error_of_the_report(scanned: Report) -> None:
    levels = {finding.level.value for finding in scanned.check().findings}
    assert "error" not in levels


def test_every_page_is_said(scanned: Report) -> None:
    pages = [d.place.page for d in scanned.diagnostics if d.code == "ocr.page" and d.place]
    assert pages == list(scanned.document.recognised) == list(range(1, 9))


def test_json_keeps_the_confidence(scanned: Report) -> None:
    assert from_json(to_json(scanned)) == scanned


def test_pages_with_text_are_not_recognised(printed: Report, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    assert parse(PRINTED) == printed
    assert printed.document.recognised == ()


def _bytes(picture: Image.Image, form: str, **options: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, form, **options)
    return data.getvalue()


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_pictures_of_pages(page: Image.Image, printed: Report, turns: int) -> None:
    """As PNG, and lying on the side or on the head."""
    turned = page.rotate(90 * turns, expand=True)
    report = parse(_bytes(turned, "PNG"), name="page.png")
    assert report.document.source.format == "image"
    assert len(report.statements) == 1
    numbers = {fact.text.replace(",", "") for fact in report.facts()}
    expected = {
        fact.text.replace(",", "")
        for fact in printed.facts()
        if fact.table is not None and printed.places(fact.anchor)[0].page == 7
    }
    assert len(expected & numbers) >= 0.95 * len(expected)


def test_a_tiff_has_pages(page: Image.Image) -> None:
    report = parse(_bytes(page, "TIFF", save_all=True, append_images=[page]), name="a.tif")
    assert report.document.recognised == (1, 2)


def test_an_empty_page_is_said() -> None:
    report = parse(_bytes(Image.new("L", (600, 800), 255), "JPEG"), name="white.jpg")
    (said,) = [d for d in report.diagnostics if d.code == "ocr.page"]
    assert said.severity.value == "error"
    assert report.facts() == ()


def test_noise_gives_no_figures() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (800, 600), np.uint8)
    report = parse(_bytes(Image.fromarray(noise), "PNG"), name="noise.png")
    assert all(fact.doubt for fact in report.facts())


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"\xff\xd8\xff\xe0" + bytes(64),
        b"II*\0" + bytes(64),
    ],
)
def test_what_cannot_be_decoded_is_an_error_of_ours(data: bytes) -> None:
    with pytest.raises(CorruptDocumentError):
        parse(data, name="broken.png")


def test_a_cut_picture_is_an_error_of_ours(page: Image.Image) -> None:
    data = _bytes(page, "PNG")
    with pytest.raises(CorruptDocumentError):
        parse(data[: len(data) // 2], name="cut.png")


def test_a_bomb_of_pixels_is_not_decoded(page: Image.Image) -> None:
    with pytest.raises(LimitExceededError, match="pixels"):
        parse(_bytes(page, "PNG"), limits=Limits(pixels=1000))


def test_pictures_are_bounded(page: Image.Image) -> None:
    data = _bytes(page, "TIFF", save_all=True, append_images=[page])
    with pytest.raises(LimitExceededError, match="pictures"):
        parse(data, limits=Limits(ocr_pages=0))


def test_it_can_be_switched_off(page: Image.Image) -> None:
    with pytest.raises(UnsupportedFormatError, match="switched off"):
        parse(_bytes(page, "PNG"), limits=Limits(ocr=False))
    report = parse(SCAN, limits=Limits(ocr=False))
    assert [d.code for d in report.diagnostics].count("pdf.needs_ocr") == 8


def test_without_the_extra_it_is_named(monkeypatch: Any) -> None:
    monkeypatch.setattr(ocr, "installed", lambda: False)
    report = parse(SCAN)
    (message, *_) = [d.message for d in report.diagnostics if d.code == "pdf.needs_ocr"]
    assert "extra 'ocr'" in message
    assert report.facts() == ()
