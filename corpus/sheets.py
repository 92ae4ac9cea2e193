"""A plain PDF of a report, written in a moment: lines of text and ruled tables on pages.

Where LibreOffice would take seconds (:mod:`corpus.pdf`), this takes milliseconds, so that PDF files
can be made by the thousand. The font is not embedded; its characters are UTF-16 codes.
"""

from __future__ import annotations

import zlib

from corpus.source import Contents, Grid, Page, Para, Report

_WIDTH, _HEIGHT = 595, 842
_MARGIN, _SIZE, _LEADING = 72, 10.5, 18
_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
    " /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000"
    " /W [1 95 500 814 939 500]"
    " /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 4"
    " /FontBBox [0 -200 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880"
    " /StemV 80 >> >>] >>"
)


def render(report: Report) -> bytes:
    """The report as PDF; the same bytes for the same report."""
    printer = _Printer()
    for block in report.blocks:
        if isinstance(block, Para):
            printer.paragraph(block)
        elif isinstance(block, Grid):
            printer.table(block)
        elif isinstance(block, Page):
            printer.new_page()
        elif isinstance(block, Contents):
            for level, text, page in block.entries:
                printer.line(f"{'　' * (level - 1)}{text}{'…' * 6}{page}", _MARGIN, _SIZE)
    return _file(printer.pages)


def _wide(text: str) -> float:
    """Width in characters of full width."""
    return sum(0.5 if ord(char) < 128 else 1.0 for char in text)


def _wrapped(text: str, width: float) -> list[str]:
    """Lines of at most ``width`` characters of full width."""
    lines, line = [], ""
    for char in text:
        if char == "\n" or _wide(line + char) > width:
            lines.append(line)
            line = ""
        line += "" if char == "\n" else char
    return [*lines, line]


class _Printer:
    """Puts lines and tables on pages; ``pages`` are the operators of each."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self._y = float(_HEIGHT - _MARGIN)

    def new_page(self) -> None:
        """Go on with the next page, if anything stands on this one."""
        if self.pages[-1]:
            self.pages.append([])
        self._y = float(_HEIGHT - _MARGIN)

    def paragraph(self, para: Para) -> None:
        """A paragraph, wrapped; titles are centred and larger."""
        size = 16.0 if para.style == "title" else _SIZE
        room = (_WIDTH - 2 * _MARGIN) / size
        indent = "　　" if para.style == "text" else ""
        for line in _wrapped(indent + para.printed, room):
            free = (_WIDTH - 2 * _MARGIN) - _wide(line) * size
            shift = {"title": free / 2, "centre": free / 2, "right": free}.get(para.style, 0.0)
            self.line(line, _MARGIN + shift, size)

    def line(self, text: str, x: float, size: float) -> None:
        """A line of text below what stands there."""
        if self._y - size < _MARGIN:
            self.new_page()
        self._y -= size * 1.5
        self._show(text, x, self._y, size)

    def table(self, grid: Grid) -> None:
        """A table with rulings; a row that does not fit begins on the next page."""
        whole = _WIDTH - 2 * _MARGIN
        edges = [
            _MARGIN + whole * sum(grid.widths[:n]) / sum(grid.widths)
            for n in range(grid.columns + 1)
        ]
        size = 7.0
        self._y -= 6
        for row in range(grid.rows):
            texts = {
                cell: _wrapped(
                    cell.text, (edges[cell.column + cell.columns] - edges[cell.column]) / size - 1
                )
                for cell, begun in grid.row_cells(row)
                if begun
            }
            height = 4 + size * 1.3 * max(
                [len(lines) for c, lines in texts.items() if c.rows == 1] or [1]
            )
            if self._y - height < _MARGIN:
                self.new_page()
            for cell, begun in grid.row_cells(row):
                left, right = edges[cell.column], edges[cell.column + cell.columns]
                sides = [
                    (left, self._y, left, self._y - height),
                    (right, self._y, right, self._y - height),
                ]
                if begun:
                    sides.append((left, self._y, right, self._y))
                if row == cell.row + cell.rows - 1:
                    sides.append((left, self._y - height, right, self._y - height))
                for x0, y0, x1, y1 in sides:
                    self.pages[-1].append(f"{x0:.1f} {y0:.1f} m {x1:.1f} {y1:.1f} l S")
                for number, text in enumerate(texts.get(cell, ())):
                    self._show(text, left + 2, self._y - 2 - size * (1 + 1.3 * number), size)
            self._y -= height
        self._y -= 6

    def _show(self, text: str, x: float, y: float, size: float) -> None:
        if text.strip():
            code = text.encode("utf-16-be").hex()
            self.pages[-1].append(f"BT /F1 {size:g} Tf {x:.1f} {y:.1f} Td <{code}> Tj ET")


def _file(pages: list[list[str]]) -> bytes:
    first = 4
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _FONT.encode(),
    ]
    for number, operators in enumerate(pages):
        content = zlib.compress("\n".join(("0.5 w", *operators)).encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 1 + 2 * number} 0 R"
            " >>".encode()
        )
        head = f"<< /Filter /FlateDecode /Length {len(content)} >>\nstream\n"
        objects.append(head.encode() + content + b"\nendstream")
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, data in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n".encode()
    return bytes(out + b"%%EOF\n")
