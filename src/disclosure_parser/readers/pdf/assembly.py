"""Pages put together: paragraphs and tables over page ends, furniture apart, what was noticed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import field, frozen

from disclosure_parser.document import Anchor, Block, Diagnostic, Place, Role, Severity
from disclosure_parser.readers.pdf.cells import TablePart
from disclosure_parser.readers.pdf.continuation import (
    MOST_CAPTIONS,
    captions_again,
    goes_on,
    joined_table,
)
from disclosure_parser.readers.pdf.furniture import furniture_of
from disclosure_parser.readers.pdf.layout import Layout
from disclosure_parser.readers.pdf.lines import Line
from disclosure_parser.readers.pdf.measures import (
    line_margins,
    line_pitch,
    page_floors,
    page_margins,
    page_size,
)
from disclosure_parser.readers.pdf.paragraphs import Margins, paragraph, starts_paragraph

# A page with fewer characters than this and pictures on most of it is a scanned one.
_FEW = 20
#: Words, unlike the page number that a scanned page may carry.
_WORDS = re.compile(r"[\u4e00-\u9fff]\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]\s?[\u4e00-\u9fff]")
_MOSTLY = 0.4


def is_scan(layout: Layout) -> bool:
    """Whether a page is a picture with no more text than a page number."""
    if layout.characters >= _FEW or layout.pictures < _MOSTLY:
        return False
    return not any(_WORDS.search(i.text) for i in layout.items if isinstance(i, Line))


@frozen(kw_only=True)
class Assembly:
    """Blocks and diagnostics as they grow, page by page."""

    blocks: list[Block] = field(factory=list)
    diagnostics: list[Diagnostic] = field(factory=list)

    def report(
        self, code: str, message: str, page: int, severity: Severity = Severity.WARNING
    ) -> None:
        """Say something of a page."""
        self.diagnostics.append(
            Diagnostic(code=code, message=message, severity=severity, place=Place(page=page))
        )

    def assemble(self, layouts: list[Layout]) -> None:
        """Put the pages together: paragraphs and tables that go on over their ends, furniture."""
        margins = page_margins(layouts)
        furniture = furniture_of(layouts)
        floors = page_floors(layouts, furniture)
        lines: list[Line] = []
        parts: list[TablePart] = []
        aside: list[tuple[Role, Line]] = []
        here = Margins(left=0.0, right=0.0)
        captions: list[str] = []
        above: list[str] = []

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
            again: frozenset[int] = frozenset()
            if parts:
                again = captions_again(layout.items, out, parts, captions, floor)
            for index, item in enumerate(layout.items):
                if (index in out or index in again) and isinstance(item, Line):
                    aside.append((Role.FURNITURE, item))
                elif isinstance(item, Line):
                    end_table()
                    above.append(item.text)
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
                        captions = above[-MOST_CAPTIONS:]
                        above.clear()
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
        if not is_scan(layout):
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
