"""Whole PDF files: the corpus against its source, published files against pdfplumber."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from corpus.source import Contents, Para, load
from corpus.source import Grid as Truth

from disclosure_parser.document import Document, Paragraph, Role, Table, fold_text
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.pdf import read_pdf
from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.layout import lay_out
from disclosure_parser.readers.pdf.miner import MinerPages
from disclosure_parser.readers.pdf.page import Page
from disclosure_parser.readers.pdf.pdfium import PdfiumPages

CORPUS = sorted((Path(__file__).parent.parent.parent / "corpus").glob("*/report.pdf"))
REAL = sorted(Path(os.environ.get("DISCLOSURE_REAL_CORPUS", os.devnull)).rglob("*.pdf"))

corpus = pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.parent.name)
real = pytest.mark.parametrize(
    "path",
    REAL
    or [
        pytest.param(
            None, marks=pytest.mark.skip(reason="DISCLOSURE_REAL_CORPUS names no PDF files")
        )
    ],
    ids=lambda path: path.stem if path else "none",
)


def _input(path: Path) -> Input:
    return Input(data=path.read_bytes(), name=path.name, limits=Limits())


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _blocks(document: Document) -> list[Paragraph | Table]:
    return [block for block in document.blocks if block.role is Role.TEXT]


@corpus
def test_paragraphs_of_the_corpus(path: Path) -> None:
    """Every paragraph of the source is one of the file, in order (contents lists, which get
    leaders and page numbers, and notes aside)."""
    expected = [
        fold_text(block.printed)
        for block in load(path.parent).blocks
        if isinstance(block, Para) and block.printed.strip() and not block.marked("note")
    ]
    found = [
        fold_text(block.text)
        for block in _blocks(read_pdf(_input(path)))
        if isinstance(block, Paragraph)
    ]
    position = 0
    for text in expected:
        assert text in found[position:], f"{text!r} after {found[position - 1]!r}"
        position += found[position:].index(text) + 1


@corpus
def test_tables_of_the_corpus(path: Path) -> None:
    """Every cell of the source is a cell of the file, with its spans; header rows may be
    printed again on the next page."""
    expected = [block for block in load(path.parent).blocks if isinstance(block, Truth)]
    found = [block for block in _blocks(read_pdf(_input(path))) if isinstance(block, Table)]
    assert len(found) == len(expected)
    for truth, table in zip(expected, found, strict=True):
        wanted = Counter(
            (cell.column, cell.rows, cell.columns, fold_text(cell.text)) for cell in truth.cells
        )
        got = Counter(
            (cell.column, cell.row_span, cell.column_span, fold_text(cell.text))
            for cell in table.cells
        )
        assert not wanted - got
        header = {
            (cell.column, cell.rows, cell.columns, fold_text(cell.text))
            for cell in truth.cells
            if cell.row < truth.header
        }
        assert set(got - wanted) <= (header if truth.repeat else set())


@corpus
def test_contents_lists_of_the_corpus(path: Path) -> None:
    """Each line of a contents list is a paragraph that begins with its text."""
    found = [
        fold_text(block.text)
        for block in _blocks(read_pdf(_input(path)))
        if isinstance(block, Paragraph)
    ]
    for block in load(path.parent).blocks:
        if isinstance(block, Contents):
            for _, text, _ in block.entries:
                assert any(line.startswith(fold_text(text)) for line in found), text


def _check_nothing_lost(path: Path) -> None:
    """Every printed character stands in exactly one block, on its own page."""
    pages = PdfiumPages(_input(path))
    printed: Counter[tuple[int, str]] = Counter()
    for number in range(1, pages.count + 1):
        page = pages.page(number)
        assert isinstance(page, Page)
        for char in (*page.chars, *page.hidden):
            printed.update((number, sign) for sign in char.text if not sign.isspace())
    pages.close()
    found: Counter[tuple[int, str]] = Counter()
    for block in read_pdf(_input(path)).blocks:
        for holder in block.cells if isinstance(block, Table) else (block,):
            covered = 0
            for part in holder.fragments:
                text = holder.text[part.start : part.end]
                covered += len(_bare(text))
                assert part.place.page is not None
                found.update((part.place.page, sign) for sign in text if not sign.isspace())
            assert covered == len(_bare(holder.text)), "text without a place"
    assert found - printed == Counter()
    lost = printed - found
    # Characters printed a second time on the same spot, for boldness, count once.
    assert sum(lost.values()) <= 0.001 * sum(printed.values()), lost


@corpus
def test_nothing_is_lost_or_doubled_in_the_corpus(path: Path) -> None:
    _check_nothing_lost(path)


@real
def test_nothing_is_lost_or_doubled_in_published_files(path: Path) -> None:
    _check_nothing_lost(path)


@real
def test_cells_agree_with_pdfplumber(path: Path) -> None:
    """Cells in the same place have the same text, but for white space.

    Cells that only one of the two sees are no matter of this test: pdfplumber takes backgrounds
    for rulings.
    """
    import pdfplumber

    same, different = 0, []
    pages = PdfiumPages(_input(path))
    with pdfplumber.open(path) as other:
        for number, theirs in enumerate(other.pages, 1):
            page = pages.page(number)
            assert isinstance(page, Page)
            ours = [
                cell
                for part in lay_out(page).items
                if isinstance(part, TablePart)
                for cell in part.cells
            ]
            for table in theirs.find_tables():
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    for box, text in zip(row.cells, texts, strict=True):
                        cell = _at(ours, box) if box else None
                        if cell is None:
                            continue
                        if _bare(cell.text) == _bare(text or ""):
                            same += 1
                        else:
                            different.append((number, cell.text, text))
            theirs.close()
    pages.close()
    assert len(different) <= 0.001 * (same + len(different)), different[:5]


def _at(cells: list, box: tuple[float, float, float, float]):  # type: ignore[no-untyped-def, type-arg]
    for cell in cells:
        if all(abs(a - b) < 4 for a, b in zip(cell.box, box, strict=True)):
            return cell
    return None


@real
def test_both_parsers_see_the_same_characters(path: Path) -> None:
    fast, slow = PdfiumPages(_input(path)), MinerPages(_input(path))
    assert fast.count == slow.count
    for number in range(1, fast.count + 1):
        ours, theirs = fast.page(number), slow.page(number)
        assert isinstance(ours, Page)
        assert isinstance(theirs, Page)
        assert (ours.width, ours.height) == pytest.approx((theirs.width, theirs.height), abs=0.1)
        here = Counter(c.text for c in (*ours.chars, *ours.hidden) if not c.text.isspace())
        there = Counter(c.text for c in theirs.chars if not c.text.isspace())
        assert sum(((here - there) + (there - here)).values()) <= 0.01 * sum(here.values()) + 1
    fast.close()
    slow.close()


@real
def test_no_page_with_words_is_said_to_need_recognition(path: Path) -> None:
    document = read_pdf(_input(path))
    asked = {d.place.page for d in document.diagnostics if d.code == "pdf.needs_ocr" and d.place}
    worded = {
        fragment.place.page
        for block in document.blocks
        if isinstance(block, Paragraph)
        for fragment in block.fragments
    }
    assert not asked & worded
