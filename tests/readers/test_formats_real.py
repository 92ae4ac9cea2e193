"""Published web pages and workbooks: nothing on them is lost, where the environment names some."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from disclosure_parser.document import Document, Role, Severity, Table
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.html.tags import text_of
from tests.conftest import real_reports

PAGES = [path for path in real_reports() if path.suffix in (".html", ".htm")]
BOOKS = [path for path in real_reports() if path.suffix in (".xls", ".xlsx", ".et")]

pytestmark = pytest.mark.real


def characters(document: Document) -> Counter[str]:
    """How often each character that is no space stands in the blocks."""
    text = "".join(
        "".join(cell.text for cell in block.cells)
        if isinstance(block, Table)
        else block.text[block.generated :]
        for block in document.blocks
    )
    return Counter("".join(text.split()))


def fragments_are_whole(document: Document) -> None:
    for block in document.blocks:
        for holder in block.cells if isinstance(block, Table) else (block,):
            for fragment in holder.fragments:
                assert 0 <= fragment.start < fragment.end <= len(holder.text)
                assert fragment.place.part


@pytest.mark.skipif(not PAGES, reason="DISCLOSURE_REAL_CORPUS names no web page")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_character_of_a_page_is_in_a_block(path: Path) -> None:
    document = read_document(path, limits=Limits())
    root = html.fromstring(path.read_bytes().decode(document.source.encoding or "utf-8").encode())
    # Their characters go, those behind them stay.
    for element in root.iter("script", "style", "noscript"):
        element.text = ""
        for child in element:
            element.remove(child)
    body = next(root.iter("body"), root)
    printed = Counter("".join(text_of(body).split()))
    assert not printed - characters(document)
    fragments_are_whole(document)


@pytest.mark.skipif(not BOOKS, reason="DISCLOSURE_REAL_CORPUS names no workbook")
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_tables_of_published_workbooks_have_their_lines_above(path: Path) -> None:
    if path.suffix == ".xls":
        pytest.importorskip("xlrd", reason="needs the extra xls")
    document = read_document(path, limits=Limits())
    assert not [said for said in document.diagnostics if said.severity is Severity.ERROR]
    units = 0
    for index, table in document.tables():
        if table.role is Role.TEXT:
            above = document.blocks[max(index - 3, 0) : index]
            units += any("单位" in block.text for block in above if not isinstance(block, Table))
            taken = [(cell.row, cell.column) for cell in table.cells]
            assert len(taken) == len(set(taken))
    assert units == sum(table.role is Role.TEXT for _, table in document.tables())
    fragments_are_whole(document)
