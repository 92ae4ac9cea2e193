"""A PDF as a document: pages laid out one by one, then put together over the page ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from disclosure_parser.document import Diagnostic, Document, Place, Severity
from disclosure_parser.errors import CorruptDocumentError, DisclosureError, LimitExceededError
from disclosure_parser.readers import ocr
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.pdf.assembly import Assembly, is_scan
from disclosure_parser.readers.pdf.layout import Layout, lay_out
from disclosure_parser.readers.pdf.page import Page, PageFailure

if TYPE_CHECKING:
    from disclosure_parser.readers.ocr.pages import Recognised

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
        found = pictures.recognise(page.number) if is_scan(layout) else None
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
    assembly = Assembly()
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
