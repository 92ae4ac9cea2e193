"""A PDF as a document: pages laid out one by one, then put together over the page ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from disclosure_parser.document import (
    Anchor,
    Block,
    Diagnostic,
    Document,
    Place,
    Role,
    Severity,
)
from disclosure_parser.errors import CorruptDocumentError, DisclosureError, LimitExceededError
from disclosure_parser.readers import ocr
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.continuation import captions_again, goes_on, joined_table
from disclosure_parser.readers.pdf.furniture import furniture_of
from disclosure_parser.readers.pdf.layout import Layout, lay_out
from disclosure_parser.readers.pdf.lines import Line
from disclosure_parser.readers.pdf.measures import (
    line_margins,
    line_pitch,
    page_floors,
    page_margins,
    page_size,
)
from disclosure_parser.readers.pdf.page import Page, PageFailure
from disclosure_parser.readers.pdf.paragraphs import (
    Margins,
    paragraph,
    starts_paragraph,
)

if TYPE_CHECKING:
    from disclosure_parser.readers.ocr.pages import Recognised

# A page with fewer characters than this and pictures on most of it is a scanned one.
_FEW = 20
#: Words, unlike the page number that a scanned page may carry.
_WORDS = re.compile(r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]")
_MOSTLY = 0.4
# Pages in a row on which the other parser may read no more, before it is not asked any more.
_MOST_VAIN = 2


def read_document(source: Input) -> Document:
    """Read a PDF; see :func:`disclosure_parser.readers.pdf.read_pdf`."""
    made = Assembled()
    pictures = _Pictures(source)
    characters = 0
    for page in _pages(source):
        if isinstance(page, PageFailure):
            made.failed(page)
            continue
        characters += len(page.chars)
        if characters > source.limits.characters:
            raise LimitExceededError(
                f"{source.name}: more than {source.limits.characters} characters"
            )
        layout = lay_out(page)
        found = pictures.recognise(page.number) if _is_scan(layout) else None
        if found is not None:
            made.recognised(found)
        else:
            made.layouts.append(layout)
    made.said.extend(pictures.said)
    return assembled(source, made, "pdf")


@frozen(kw_only=True)
class Assembled:
    """The pages of a document as they come: laid out, failed, or recognised in a picture."""

    layouts: list[Layout] = field(factory=list)
    pictures: dict[int, Recognised] = field(factory=dict)
    said: list[Diagnostic] = field(factory=list)

    def failed(self, page: PageFailure) -> None:
        """A page that cannot be read."""
        self.said.append(
            Diagnostic(
                code="pdf.page",
                message=f"page {page.number} could not be read: {page.reason}",
                severity=Severity.ERROR,
                place=Place(page=page.number),
            )
        )
        self.layouts.append(Layout(number=page.number, width=0.0, height=0.0))

    def recognised(self, found: Recognised) -> None:
        """A page whose text was recognised."""
        number = found.page.number
        self.pictures[number] = found
        self.layouts.append(lay_out(found.page))
        if not found.scores:
            message = f"page {number} is a picture in which no text was recognised"
        else:
            message = (
                f"page {number} is a picture: its text was recognised with a mean confidence of"
                f" {found.confidence:.3f}, and no figure of it is sure"
            )
        self.said.append(
            Diagnostic(
                code="ocr.page",
                message=message,
                severity=Severity.WARNING if found.scores else Severity.ERROR,
                place=Place(page=number),
            )
        )


def assembled(source: Input, made: Assembled, form: str) -> Document:
    """The document of pages, put together over the page ends."""
    assembly = _Assembly()
    assembly.assemble(made.layouts)
    blocks = tuple(assembly.blocks)
    if made.pictures:
        from disclosure_parser.readers.ocr.pages import with_confidence

        blocks = with_confidence(blocks, made.pictures)
    return Document(
        source=source.describe(form, pages=len(made.layouts)),
        blocks=blocks,
        diagnostics=(*made.said, *assembly.diagnostics),
        recognised=tuple(made.pictures),
    )


class _Pictures:
    """Recognition of the pages that are pictures, if it is installed and wanted."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._left = source.limits.ocr_pages if source.limits.ocr and ocr.installed() else 0
        self._document: Any = None
        self.said: list[Diagnostic] = []

    def recognise(self, number: int) -> Recognised | None:
        """The page as recognised; ``None`` if it is not, and the page stays a picture."""
        if not self._left:
            return None
        self._left -= 1
        try:
            return self._page(number)
        except (MemoryError, DisclosureError):
            raise
        except Exception as error:  # the recogniser is a large library
            self.said.append(
                Diagnostic(
                    code="ocr.failed",
                    message=f"recognition failed: {type(error).__name__}: {error}",
                    severity=Severity.ERROR,
                    place=Place(page=number),
                )
            )
            return None

    def _page(self, number: int) -> Recognised:
        import numpy as np
        import pypdfium2

        from disclosure_parser.readers.ocr.images import SCALE
        from disclosure_parser.readers.ocr.pages import recognised_page

        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._source.data)
        page = self._document[number - 1]
        width, height = page.get_size()
        # A poster is read at the resolution that its pixels allow.
        scale = min(SCALE, (self._source.limits.pixels / max(width * height, 1.0)) ** 0.5)
        picture = page.render(scale=scale, rev_byteorder=True).to_numpy()
        return recognised_page(np.ascontiguousarray(picture[:, :, :3]), number, scale)


def _is_scan(layout: Layout) -> bool:
    """Whether a page is a picture with no more text than a page number."""
    if layout.characters >= _FEW or layout.pictures < _MOSTLY:
        return False
    return not any(_WORDS.search(i.text) for i in layout.items if isinstance(i, Line))


def _pages(source: Input) -> Iterator[Page | PageFailure]:
    """The pages from the fast parser; where it fails or is unsure, from the other one."""
    from disclosure_parser.readers.pdf.guard import is_trap
    from disclosure_parser.readers.pdf.pdfium import PdfiumPages

    other = _Other(source)
    pages = None
    if not is_trap(source.data):
        try:
            pages = PdfiumPages(source)
        except CorruptDocumentError:
            # The other parser is more forgiving, but takes anything at all for a PDF.
            if b"%PDF-" not in source.data[:1024]:
                raise
    if pages is None:
        pages = other.open()
        for number in range(1, pages.count + 1):
            yield pages.page(number)
        return
    try:
        for number in range(1, pages.count + 1):
            page = pages.page(number)
            unread = isinstance(page, PageFailure) or page.doubtful or page.unmapped
            yield other.better(page, number) if unread else page
    finally:
        pages.close()


class _Other:
    """The slower parser, opened when it is first asked."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._pages: Any = None
        self._failed = False
        self._asked_in_vain = 0

    def open(self) -> Any:
        """The document in the other parser."""
        from disclosure_parser.readers.pdf.miner import MinerPages

        if self._pages is None:
            self._pages = MinerPages(self._source)
        return self._pages

    def better(self, page: Page | PageFailure, number: int) -> Page | PageFailure:
        """The same page from the other parser if that read more of it."""
        if self._failed or self._asked_in_vain >= _MOST_VAIN:
            return page
        try:
            other: Page | PageFailure = self.open().page(number)
        except DisclosureError:
            self._failed = True
            return page
        if isinstance(other, PageFailure):
            return page
        if isinstance(page, PageFailure):
            return other
        if other.unmapped < page.unmapped or _visible(other) > _visible(page):
            self._asked_in_vain = 0
            return other
        self._asked_in_vain += 1
        return page


def _visible(page: Page) -> int:
    hidden = len(page.hidden)
    return hidden + sum(not char.text.isspace() for char in page.chars)


@frozen(kw_only=True)
class _Assembly:
    """Blocks and diagnostics as they grow, page by page."""

    blocks: list[Block] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)

    def report(
        self, code: str, message: str, page: int, severity: Severity = Severity.WARNING
    ) -> None:
        self.diagnostics.append(
            Diagnostic(code=code, message=message, severity=severity, place=Place(page=page))
        )

    def assemble(self, layouts: list[Layout]) -> None:
        margins = page_margins(layouts)
        furniture = furniture_of(layouts)
        floors = page_floors(layouts, furniture)
        lines: list[Line] = []
        parts: list[TablePart] = []
        aside: list[tuple[Role, Line]] = []
        here = Margins(left=0.0, right=0.0)

        def end_paragraph() -> None:
            if lines:
                self._paragraph(lines, here)
                lines.clear()

        def end_table() -> None:
            if parts:
                self._table(parts)
                parts.clear()

        def set_aside() -> None:
            for role, line in aside:
                self.blocks.append(paragraph([line], here, role)[0])
            aside.clear()

        for layout, out in zip(layouts, furniture, strict=True):
            self._notice(layout)
            pitch = line_pitch(layout)
            edges = line_margins(layout, out, margins[round(layout.width)])
            floor = floors[page_size(layout)]
            again = captions_again(layout.items, out, parts, floor) if parts else frozenset()
            for index, item in enumerate(layout.items):
                if (index in out or index in again) and isinstance(item, Line):
                    aside.append((Role.FURNITURE, item))
                elif isinstance(item, Line):
                    end_table()
                    now = edges[index]
                    if lines and starts_paragraph(lines, item, now, pitch):
                        end_paragraph()
                    if not lines:
                        set_aside()
                    here = now
                    lines.append(item)
                else:
                    end_paragraph()
                    if parts and not goes_on(parts[0], parts[-1], item, floor):
                        end_table()
                    if not parts:
                        set_aside()
                    parts.append(item)
            aside += [(Role.CHART, line) for line in layout.charts]
            aside += [(Role.FURNITURE, line) for line in layout.skewed]
            aside += [(Role.HIDDEN, line) for line in layout.hidden]
        end_paragraph()
        end_table()
        set_aside()

    def _paragraph(self, lines: list[Line], margins: Margins) -> None:
        made, joined = paragraph(lines, margins)
        self.blocks.append(made)
        for offset in joined.cut_numbers:
            self.diagnostics.append(
                Diagnostic(
                    code="pdf.cut_number",
                    message="a number was put together over a line end",
                    anchor=Anchor(
                        block=len(self.blocks) - 1, start=max(0, offset - 8), end=offset + 8
                    ),
                )
            )

    def _table(self, parts: list[TablePart]) -> None:
        continued = joined_table(parts)
        self.blocks.append(continued.table)
        self._report_cells(
            continued.doubtful,
            "pdf.cell_cut",
            "the text of a cell may go on in the first row of the next page",
            Severity.NOTE,
        )
        self._report_cells(
            continued.numbers,
            "pdf.cut_number",
            "a number was put together over the end of a page",
            Severity.WARNING,
        )
        for part in parts:
            if part.broken:
                self.report(
                    "pdf.grid",
                    "rulings are missing; cells of odd shape were cut into rectangles",
                    part.page,
                )
            for cell in part.cells:
                if cell.cut_numbers:
                    self.report(
                        "pdf.cut_number",
                        f"a number was put together over a line end in the cell {cell.text!r}",
                        part.page,
                    )
            for text in part.overflow:
                self.report(
                    "pdf.overflow",
                    f"the text {text!r} runs over the ruling of its cell",
                    part.page,
                    Severity.NOTE,
                )

    def _report_cells(
        self, cells: Iterable[tuple[int, int]], code: str, message: str, severity: Severity
    ) -> None:
        """A diagnostic at each of the ``cells`` (row, column) of the table read last."""
        block = len(self.blocks) - 1
        self.diagnostics.extend(
            Diagnostic(
                code=code,
                message=message,
                severity=severity,
                anchor=Anchor(block=block, row=row, column=column, start=0, end=0),
            )
            for row, column in cells
        )

    def _notice(self, layout: Layout) -> None:
        if layout.unmapped:
            self.report(
                "pdf.unmapped",
                f"{layout.unmapped} glyphs without a Unicode value",
                layout.number,
                Severity.ERROR,
            )
        if layout.characters >= _FEW or layout.pictures < _MOSTLY:
            return
        if not _is_scan(layout):
            # A cover: words over a picture. What the picture itself may show is not read.
            self.report(
                "pdf.picture",
                "the page is a picture with a few words over it; the words are read",
                layout.number,
                Severity.NOTE,
            )
        else:
            self.report(
                "pdf.needs_ocr",
                "the page is a picture without text; it needs optical character recognition"
                " (the extra 'ocr')",
                layout.number,
                Severity.ERROR,
            )
