"""Lines that a heading could be: their mark, the title on them, and how they end."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import evolve, frozen

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import Anchor, Cell, Paragraph, Style
from disclosure_parser.language.numbering import Mark, MarkFamily, read_mark
from disclosure_parser.language.numerals import CHINESE_DIGITS, chinese_number
from disclosure_parser.language.passage import Passage

#: Printed characters of a paragraph that are looked at; no heading is longer.
_HEAD = 120
#: Folded characters of a title.
_LONGEST = 64
_STOP = re.compile(r"[。;:!?]")
# 附件1：, 表2: and 第一部分: are labels in front of a title, no end of one.
_LABEL = re.compile(r"(?:附件|附表|附录|表)[\d一二三四五六七八九十-]{0,4}:(?=.)")
#: What no title holds: amounts, shares, items of a classification.
_NO_TITLE = re.compile(r"\d(?:万|亿|千|百)?元|\d%|\((?:类|款|项)\)|[→=≥≤]")
_BRACKETED = re.compile(r"【(?P<title>[^【】]{2,40})】")
# 一 部门概况: a number set apart by a space alone, which folding takes away.
_SPACED = re.compile(r"\s*([一二三四五六七八九十]{1,3})[ \t\u3000]+(?=[^\s、.．])")
_AMOUNT_FOLLOWS = re.compile(r"(?:数|额)?(?:为|是|共|共计|:)?\d")
_STYLE = Style()
#: The deepest heading style of word processors.
_DEEPEST = 9


class Form(StrEnum):
    """How much of a line is its title."""

    #: The whole line.
    TITLE = "title"
    #: A title, then text in the same paragraph.
    RUN_IN = "run-in"
    #: A mark and nothing else.
    BARE = "bare"
    #: No title: a sentence or something else that no heading is.
    SENTENCE = "sentence"


@frozen(kw_only=True)
class Line:
    """A paragraph (or the first cell of a table) as a heading sees it.

    ``title`` is the folded title behind the mark, ``start`` and ``end`` its interval; ``stop`` is
    the punctuation behind it (``""`` for none).
    """

    block: int
    passage: Passage
    mark: Mark | None = None
    title: str = ""
    start: int = 0
    end: int = 0
    form: Form = Form.SENTENCE
    stop: str = ""
    style: Style = _STYLE
    in_table: bool = False

    @property
    def level(self) -> int | None:
        """The level of the heading style, if the format tells one that a report may have."""
        level = self.style.outline_level
        return level if level is not None and level <= _DEEPEST else None

    @property
    def core(self) -> str:
        """The core of the title, as the catalogue compares it."""
        return core(self.title)

    @property
    def key(self) -> str:
        """What two printings of the same title share."""
        return bare_core(self.core)

    @property
    def family(self) -> MarkFamily | None:
        """The form of the mark."""
        return self.mark.family if self.mark else None

    @property
    def titled(self) -> bool:
        """Whether there is a title at all."""
        return self.form in (Form.TITLE, Form.RUN_IN)


class LineReader:
    """Reads lines; a paragraph that is asked for again is not read again."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._run_in = catalogue.run_in_titles
        # By the paragraph's identity; the paragraph is kept, so that the identity stays its own.
        self._known: dict[int, tuple[Paragraph, Line | None]] = {}

    def paragraph(self, block: int, paragraph: Paragraph) -> Line | None:
        """The line of a paragraph; ``None`` for a paragraph that prints nothing."""
        known = self._known.get(id(paragraph))
        if known is None:
            known = self._known[id(paragraph)] = (paragraph, self._paragraph(block, paragraph))
        line = known[1]
        if line is None or line.block == block:
            return line
        base = line.passage.base
        moved = Anchor(block=block, start=base.start, end=base.end)
        return evolve(line, block=block, passage=Passage(line.passage.folded, moved))

    def _paragraph(self, block: int, paragraph: Paragraph) -> Line | None:
        text = paragraph.text
        whole = len(text) <= _HEAD
        passage = Passage.of(text, Anchor(block=block, start=0, end=min(len(text), _HEAD)))
        if not passage.text:
            return None if whole else Line(block=block, passage=passage)
        return self._read(block, passage, whole=whole, style=paragraph.style)

    def part(self, block: int, text: str, start: int, end: int) -> Line:
        """The line that a part of a paragraph's text would be on its own."""
        passage = Passage.of(text, Anchor(block=block, start=start, end=end))
        return self._read(block, passage, whole=True)

    def cell(self, block: int, cell: Cell) -> Line:
        """The line of a table's cell."""
        text = cell.text
        anchor = Anchor(block=block, start=0, end=len(text), row=cell.row, column=cell.column)
        return self._read(block, Passage.of(text, anchor), whole=True, in_table=True)

    def _read(
        self,
        block: int,
        passage: Passage,
        *,
        whole: bool,
        style: Style = _STYLE,
        in_table: bool = False,
    ) -> Line:
        text = passage.text
        mark = read_mark(text) or _spaced_mark(passage)
        bracketed = None if mark else _BRACKETED.match(text)
        start = mark.end if mark else 0
        form, stop = Form.SENTENCE, ""
        end = len(text)
        if start >= end:
            form = Form.BARE
        elif bracketed is not None:
            start, end = bracketed.span("title")
            form = Form.TITLE if bracketed.end() == len(text) and whole else Form.RUN_IN
        elif (
            mark is not None
            and (title := self._runs_in(text, start))
            and _AMOUNT_FOLLOWS.match(text, start + len(title))
        ):
            end = start + len(title)
            form = Form.RUN_IN
        if form is Form.SENTENCE:
            label = _LABEL.match(text, start)
            found = _STOP.search(text, label.end() if label else start, start + _LONGEST + 1)
            if found is not None:
                end, stop = found.start(), found.group()
                closed = whole and found.end() == len(text)
                form = Form.TITLE if closed else Form.RUN_IN
            elif whole and end - start <= _LONGEST:
                form = Form.TITLE
            if end == start or _NO_TITLE.search(text, start, end):
                form = Form.SENTENCE
        return Line(
            block=block,
            passage=passage,
            mark=mark,
            title=text[start:end],
            start=start,
            end=end,
            form=form,
            stop=stop,
            style=style,
            in_table=in_table,
        )

    def _runs_in(self, text: str, start: int) -> str:
        """The title that runs straight into its sentence (收入预算总计24.5万元), or ``""``."""
        if not text.startswith(self._run_in, start):
            return ""
        return max((t for t in self._run_in if text.startswith(t, start)), key=len)


def _spaced_mark(passage: Passage) -> Mark | None:
    """The Chinese number that only a space sets apart from the title behind it."""
    printed = passage.folded.printed
    if passage.text[:1] not in CHINESE_DIGITS:
        return None
    match = _SPACED.match(printed)
    ordinal = chinese_number(match[1]) if match is not None else None
    if match is None or ordinal is None:
        return None
    return Mark(MarkFamily.CHINESE, ordinal, len(match[1]))
