"""Pictures of what was seen on the pages of a PDF: for the eye, where a table came out wrong.

Each page with a table becomes a picture drawn by pdfplumber: text in grey, rulings in red, cells
by what their row is (caption green, header orange, column numbers violet, notes yellow, body
blue). A text file beside the pictures gives the header path of each column, since few machines
have a font for Chinese where Python finds one.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import Paragraph, Table
from disclosure_parser.outline.model import TableView
from disclosure_parser.readers.pdf.page import Box, Page

if TYPE_CHECKING:
    from disclosure_parser.document import Document
    from disclosure_parser.readers.base import Input

_RESOLUTION = 110
_TEXT = (150, 150, 150, 90)
_RULING = (220, 30, 30, 255)
_BODY = (40, 90, 220, 40)
_ROWS = {
    "caption": (40, 160, 60, 70),
    "header": (240, 140, 20, 80),
    "number": (140, 60, 200, 70),
    "note": (220, 200, 20, 70),
}


@frozen
class _Mark:
    box: Box
    colour: tuple[int, int, int, int]


def draw_tables(
    source: Input, document: Document, views: tuple[TableView, ...], folder: Path
) -> list[Path]:
    """Draw the pages that hold tables into a folder.

    Args:
        source: the PDF that ``document`` was read from.
        document: what the reader gave.
        views: the outline's views of the tables.
        folder: where ``page-001.png`` … and ``columns.txt`` are written; it is made if missing.

    Returns:
        The files written, pictures first.
    """
    import pdfplumber

    from disclosure_parser.readers.pdf.pdfium import PdfiumPages

    marks = _marks(document, views)
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    seen = PdfiumPages(source)
    try:
        with pdfplumber.open(BytesIO(source.data)) as plumbed:
            for number in sorted(marks):
                page = seen.page(number)
                picture = plumbed.pages[number - 1].to_image(resolution=_RESOLUTION)
                left, top = plumbed.pages[number - 1].bbox[:2]
                for mark in marks[number]:
                    x0, y0, x1, y1 = mark.box
                    picture.draw_rect(
                        (x0 + left, y0 + top, x1 + left, y1 + top),
                        fill=mark.colour,
                        stroke=mark.colour[:3],
                    )
                if isinstance(page, Page):
                    for line in _rulings(page):
                        picture.draw_line(
                            [(x + left, y + top) for x, y in line], stroke=_RULING, stroke_width=2
                        )
                path = folder / f"page-{number:03}.png"
                picture.save(path)
                plumbed.pages[number - 1].close()
                written.append(path)
    finally:
        seen.close()
    legend = folder / "columns.txt"
    legend.write_text("".join(_legend(document, views)), "utf-8")
    return [*written, legend]


def _marks(document: Document, views: tuple[TableView, ...]) -> dict[int, list[_Mark]]:
    """What to draw on each page that holds a table."""
    found: dict[int, list[_Mark]] = {}
    for view in views:
        block = document.blocks[view.block]
        assert isinstance(block, Table)
        kinds = dict.fromkeys(view.caption_rows, "caption")
        kinds |= dict.fromkeys(view.header_rows, "header")
        kinds |= dict.fromkeys(view.number_rows, "number")
        kinds |= dict.fromkeys(view.note_rows, "note")
        for cell in block.cells:
            colour = _ROWS.get(kinds.get(cell.row, ""), _BODY)
            for fragment in cell.fragments:
                place = fragment.place
                if place.page is not None and place.box is not None:
                    found.setdefault(place.page, []).append(_Mark(place.box, colour))
    for text in document.blocks:
        if isinstance(text, Paragraph):
            for fragment in text.fragments:
                place = fragment.place
                if place.page in found and place.box is not None:
                    found[place.page].append(_Mark(place.box, _TEXT))
    return found


def _rulings(page: Page) -> Iterator[list[tuple[float, float]]]:
    for edge in page.horizontal:
        yield [(edge.start, edge.at), (edge.end, edge.at)]
    for edge in page.vertical:
        yield [(edge.at, edge.start), (edge.at, edge.end)]


def _legend(document: Document, views: tuple[TableView, ...]) -> Iterator[str]:
    """The tables with the header paths of their columns."""
    for view in views:
        block = document.blocks[view.block]
        assert isinstance(block, Table)
        places = [f.place.page for c in block.cells for f in c.fragments if f.place.page]
        pages = f"p. {min(places)}-{max(places)}" if places else "no page"
        title = view.title.text if view.title is not None else "(no title)"
        yield f"{title} [{pages}]\n"
        for column in view.columns:
            unit = f" ({column.unit})" if column.unit is not None else ""
            yield f"  {column.index + 1}: {' › '.join(column.path)}{unit}\n"
