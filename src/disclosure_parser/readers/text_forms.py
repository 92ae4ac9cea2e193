"""Tables in plain text: which lines are one, and which cells each of its rows has.

Three forms circulate:

a. a cell a line behind a tab, an empty line after each row, a second one after the table;
b. a row a line, every cell behind a tab;
c. a row a line, cells separated by tabs, the first behind none (as a spreadsheet pastes).

In *a* and *b* a further paragraph of a cell goes on on a line without a leading tab. The form is
told for each table by itself. Lines with tabs that are no table (numbers and tabs before text,
contents lists, indented text) stay paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure_parser.readers.text_lines import Line


class Piece(NamedTuple):
    """Text of a cell, or of a paragraph, in one line."""

    text: str
    number: int
    offset: int


RawCell = list[Piece]
RawRow = list[RawCell]


class RawTable(NamedTuple):
    """The rows of a table as the source has them; ``form`` is ``a``, ``b`` or ``c``."""

    rows: list[RawRow]
    form: str


_NUMERAL = "[一二三四五六七八九十百]+"
#: What begins a text of its own and no further paragraph of a cell: a heading, a note 注.
_HEADING = re.compile(
    rf"\s*(?:{_NUMERAL}\s*[、.．]|[（(]{_NUMERAL}[）)]|第{_NUMERAL}(?:部分|章|节)"
    r"|[（(]?(?:注|备注|附注|说明)\d{0,2}[）)]?[:：])"
)
_FIGURE = re.compile(r"\s*[-—+]?\d[\d.,，%]*\s*")
_MARK = re.compile(
    rf"\s*(?:[（(]?(?:\d{{1,3}}|{_NUMERAL})[）)、.．]?|第{_NUMERAL}[部分章节条]+|[①-⑳㈠-㈩]"
    r"|[-–—•·●■◆▪○□★※*]|[\uf06c\uf0d8\uf0fc])\s*"
)
_NUMBERED = re.compile(rf"\s*(?:{_NUMERAL}、|第{_NUMERAL}|[（(]|\d{{1,2}}[、.．]|附[件表]|目)")
_LAST_PAGE = 300
_PAGE = re.compile(r"\s*[-—–]?\s*\d{1,4}\s*[-—–]?\s*")
_FIELD = re.compile(r"PAGEREF\s+\S+(?:\s+\\?h)?|HYPERLINK.*")
_SENTENCE = re.compile(r"。|[；：;:]\s*$")
#: Longer than any cell that stands alone in a row as a title.
_TITLE = 60


def find_blocks(lines: list[Line]) -> Iterator[Piece | RawTable]:
    """The paragraphs and tables of the lines, in order. Blank lines are none."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.blank:
            at += 1
        elif not line.tabs:
            yield Piece(line.text, line.number, line.offset)
            at += 1
        else:
            table, at = _take_table(lines, at)
            yield from _settle(table)


def _take_table(lines: list[Line], at: int) -> tuple[RawTable, int]:
    line = lines[at]
    end = at
    if line.leads and line.tabs == 1:
        while end < len(lines) and lines[end].tabs == 1 and lines[end].leads:
            end += 1
        following = lines[end] if end < len(lines) else None
        if following is None or not following.tabs:
            return _cell_per_line(lines, at)
        if not following.leads:
            return RawTable([[cell] for cell in map(_whole, lines[at:end])], "a"), end
        return _row_per_line(lines, at)
    if line.leads:
        while end < len(lines) and lines[end].tabs and lines[end].leads:
            end += 1
        if end == len(lines) or lines[end].tabs != line.tabs:
            return _row_per_line(lines, at)
    return _tabbed(lines, at)


def _whole(line: Line) -> RawCell:
    """A line behind a leading tab as one cell."""
    return [Piece(line.text[1:], line.number, line.offset + 1)]


def _split(line: Line) -> RawRow:
    """A line as cells between tabs."""
    cells: RawRow = []
    offset = line.offset
    for text in line.text.split("\t"):
        cells.append([Piece(text, line.number, offset)])
        offset += len(text) + 1
    return cells


def _cell_per_line(lines: list[Line], at: int) -> tuple[RawTable, int]:
    """Form *a*."""
    rows: list[RawRow] = []
    row: RawRow = []
    width = 0
    while at < len(lines):
        line = lines[at]
        if line.leads and (row or line.tabs == 1):
            row.append(_whole(line))
            at += 1
        elif line.blank:
            if row:
                rows.append(row)
                width = max(width, len(row))
                row = []
            at += 1
            if at == len(lines) or not lines[at].leads:
                break
        elif not row:
            break
        else:
            complete = len(row) >= width > 0
            figure = _FIGURE.fullmatch(row[-1][-1].text) is not None
            end = _continuation(lines, at, complete=complete, figure=figure)
            if end is None:
                break
            for further in lines[at:end]:
                row[-1].append(Piece(further.text, further.number, further.offset))
            at = end
    if row:
        rows.append(row)
    return RawTable(rows, "a"), at


def _continuation(lines: list[Line], at: int, *, complete: bool, figure: bool) -> int | None:
    """The end of the lines from ``at`` that go on in the cell before them; ``None`` if they do not.

    They do if the table goes on after them or its end (two empty lines) is printed; a heading
    after a complete row does not, nor anything after its last figure.
    """
    end = at
    while end < len(lines) and not lines[end].blank and not lines[end].leads:
        end += 1
    if end == len(lines):
        return None
    headed = any(_HEADING.match(line.text) for line in lines[at : min(end, at + 50)])
    if lines[end].leads:
        return None if complete else end
    after = lines[end + 1] if end + 1 < len(lines) else None
    if after is None or not (after.blank or after.leads) or (complete and (headed or figure)):
        return None
    return end


def _row_per_line(lines: list[Line], at: int) -> tuple[RawTable, int]:
    """Form *b*."""
    rows: list[RawRow] = []
    spaced = False
    while at < len(lines):
        line = lines[at]
        if line.leads:
            rows.append(_split(line)[1:])
            at += 1
        elif line.blank:
            # Some sources put an empty line after every line.
            following = lines[at + 1] if at + 1 < len(lines) else None
            if following is None or not following.leads or not (spaced or len(rows) == 1):
                break
            if following.tabs != lines[at - 1].tabs:
                break
            spaced = True
            at += 1
        else:
            end = _wrapped(lines, at, rows)
            if end is None:
                break
            for further in lines[at:end]:
                first, *others = _split(further)
                rows[-1][-1].extend(first)
                rows[-1].extend(others)
            at = end
    return RawTable(rows, "b"), at


def _wrapped(lines: list[Line], at: int, rows: list[RawRow]) -> int | None:
    """The end of the lines from ``at`` that go on in the last cell of form *b*."""
    end = at
    while end < len(lines) and not lines[end].blank and not lines[end].leads:
        end += 1
    if end == len(lines):
        return None
    width = max(map(len, rows[:-1]), default=0)
    inner = any(line.tabs for line in lines[at:end])
    if inner and (not width or len(rows[-1]) < width):
        return end
    headed = any(_HEADING.match(line.text) for line in lines[at : min(end, at + 50)])
    last = rows[-1][-1][-1].text
    long = end - at > 3 or _SENTENCE.search(last) or _FIGURE.fullmatch(last)
    if lines[end].leads:
        return None if headed else end
    return None if headed or long else end


def _tabbed(lines: list[Line], at: int) -> tuple[RawTable, int]:
    """Form *c*."""
    rows: list[RawRow] = []
    while at < len(lines):
        line = lines[at]
        if rows and _begins_other_form(lines, at, len(rows)):
            break
        if not line.tabs:
            # A row whose trailing empty cells are cut, in the midst of rows of one width. Where a
            # row of words follows figures, it is the title of a further table.
            following = lines[at + 1] if at + 1 < len(lines) else None
            if (
                line.blank
                or following is None
                or following.tabs < 2
                or not rows
                or following.tabs != len(rows[-1]) - 1
                or (_has_figures(lines[at - 1]) and not _has_figures(following))
            ):
                break
        rows.append(_split(line))
        at += 1
    return RawTable(rows, "c"), at


def _begins_other_form(lines: list[Line], at: int, rows: int) -> bool:
    """Whether a table of form *a* or *b* begins below lines with tabs, which are its captions."""
    line = lines[at]
    if not line.leads:
        return False
    end = at
    while end < len(lines) and lines[end].leads and lines[end].tabs == line.tabs:
        end += 1
    if line.tabs > 1:
        # In form *c* it is a table whose first column is empty from its second row on.
        return rows == 1 and end - at > 1
    # Rows of cells behind one tab, with an empty line after each.
    following = lines[end + 1] if end + 1 < len(lines) else None
    spaced = end < len(lines) and lines[end].blank
    return end - at > 1 and spaced and following is not None and following.leads


def _has_figures(line: Line) -> bool:
    return any(_FIGURE.fullmatch(text) for text in line.text.split("\t"))


def _settle(table: RawTable) -> Iterator[Piece | RawTable]:
    """A table, or the paragraphs that its lines are after all."""
    rows = table.rows
    if table.form == "a":
        # Text behind a tab that goes on below, or that is a sentence, is indented text.
        first = 0
        while first < len(rows) and len(rows[first]) == 1 and _is_text(rows[first][0]):
            yield from (piece for piece in rows[first][0] if piece.text.strip())
            first += 1
        rows = rows[first:]
    texts = [[cell[0].text for cell in row] for row in rows]
    if not any(text.strip() for row in texts for text in row) and all(
        len(cell) == 1 for row in rows for cell in row
    ):
        return
    if (
        _is_indented(texts, table.form)
        or _is_list(texts)
        or (table.form != "a" and _is_contents(texts))
    ):
        for row in rows:
            yield from _as_paragraphs(row, table.form)
        return
    yield RawTable(rows, table.form)


def _is_text(cell: RawCell) -> bool:
    text = cell[0].text
    return len(cell) > 1 or len(text) > _TITLE or _SENTENCE.search(text) is not None


def _is_indented(rows: list[list[str]], form: str) -> bool:
    """Lines behind tabs without columns; one row alone of form *c*, or of sentences."""
    if all(len(row) == 1 for row in rows):
        return True
    if len(rows) == 1:
        return form == "c" or any(_SENTENCE.search(text) for text in rows[0])
    if form != "a":
        return False
    # Indented paragraphs with empty lines here and there: rows of any width, mostly sentences.
    filled = [text for row in rows for text in row if text.strip()]
    sentences = sum(1 for text in filled if _SENTENCE.search(text))
    return 2 * sentences > len(filled) and len({len(row) for row in rows}) > len(rows) / 2


def _is_list(rows: list[list[str]]) -> bool:
    """Numbers or bullets, a tab, the text."""
    return all(
        len(row) == 2 and _MARK.fullmatch(row[0]) and not _PAGE.fullmatch(row[1]) for row in rows
    ) and any(not row[0].strip().isdecimal() for row in rows)


def _is_contents(rows: list[list[str]]) -> bool:
    """Lines of a contents list 目录: a title, a tab, a page number that never falls."""
    last = 0
    numbered = 0
    for row in rows:
        texts = [text for text in row if text.strip()]
        if not 2 <= len(texts) <= 3:
            return False
        page = _FIELD.sub("", texts[-1])
        if not _PAGE.fullmatch(page) or _PAGE.fullmatch(texts[0]):
            return False
        number = int(re.sub(r"\D", "", page))
        if number < last:
            return False
        last = number
        numbered += _NUMBERED.match(texts[0]) is not None
    # Two rows without numbers may be anything with a count behind it.
    return 2 * numbered >= len(rows) or (len(rows) > 2 and last <= _LAST_PAGE)


def _as_paragraphs(row: RawRow, form: str) -> Iterator[Piece]:
    """The pieces of a row as paragraphs; what stood in one line stays together."""
    for cell in [_joined(row)] if form != "a" else row:
        yield from (piece for piece in cell if piece.text.strip())


def _joined(row: RawRow) -> RawCell:
    """The cells of a row of form *b* or *c*, put together by line with their tabs."""
    pieces: list[Piece] = []
    for cell in row:
        for index, piece in enumerate(cell):
            last = pieces[-1] if pieces else None
            if index == 0 and last is not None:
                pieces[-1] = Piece(f"{last.text}\t{piece.text}", last.number, last.offset)
            else:
                pieces.append(piece)
    return pieces
