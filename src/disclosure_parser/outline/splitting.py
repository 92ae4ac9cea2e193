"""Lines and headings that do not fit each other: a heading broken over two lines, or hidden in a
paragraph that a reader has joined from several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import Document, Paragraph, Role, Table, fold_text
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.captions import agency_in, read_caption
from disclosure_parser.outline.lines import Form, Line, LineReader
from disclosure_parser.outline.plan import Plan

#: Folded characters of the second half of a broken title.
_REST = 24
#: Folded characters of the first half, at least: a line is broken where it is full.
_HALF = 8
#: What the code of an agency or of a project is printed with.
_CODE_CHARACTERS = "0123456789-()[]【】"
#: Printed characters of a caption.
_CAPTION = 60
#: The end of a table's title, which is no title by itself.
_TITLE_END = re.compile(
    r"(?:支出)?(?:绩效|绩效目标|目标|信息|情况|明细|汇总|统计|一览)?(?:申报|批复)?表"
)
#: Printed characters of a line that is a heading, and what its number begins with.
_LINE = 60
_FIRST = frozenset("第一二三四五六七八九十（(")
#: Marks that stand alone on a line before their title; a lone ``1.`` may be anything.
_ALONE = frozenset(
    {MarkFamily.PART, MarkFamily.CHAPTER, MarkFamily.CHINESE, MarkFamily.CHINESE_BRACKETED}
)


def hidden_headings(
    document: Document, reader: LineReader, catalogue: Catalogue
) -> dict[int, tuple[int, ...]]:
    """Where to cut paragraphs that have swallowed a heading.

    The places of a paragraph's lines are known where the format has them. A line that is nothing
    but a number and a title of the catalogue is a heading, whatever it was joined to: a page end
    may stand before it.
    """
    cuts: dict[int, tuple[int, ...]] = {}
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or len(block.fragments) < 2:
            continue
        text = block.text
        found: list[int] = []
        for fragment in block.fragments[1:]:
            start, end = fragment.start, fragment.end
            if text[start : start + 1] not in _FIRST or end - start > _LINE:
                continue
            line = reader.part(index, text, start, end)
            if line.family in _ALONE and line.form is Form.TITLE and not line.stop:
                match = catalogue.match(line.core)
                if match is not None and (match.exact or _ended(text[:start], catalogue)):
                    found.extend(offset for offset in (start, end) if 0 < offset < len(text))
        if found:
            cuts[index] = tuple(dict.fromkeys(found))
    return cuts


def _ended(before: str, catalogue: Catalogue) -> bool:
    """Whether the text before a line is over: a sentence, or a title of its own."""
    folded = fold_text(before[-_LINE:])
    return folded.endswith(("。", ";", ":")) or (
        len(before) < _LINE and catalogue.endings.search(folded) is not None
    )


def joined_headings(
    document: Document, lines: Sequence[Line], plan: Plan, catalogue: Catalogue
) -> dict[int, tuple[int, str]]:
    """The blocks to join: first half to second half and what to put between them."""
    joins: dict[int, tuple[int, str]] = {}
    seconds: set[int] = set()
    for line, following in pairwise(lines):
        if line.block in seconds or following.mark is not None:
            # A joined line cannot be the first half of another.
            continue
        between = _between(document, line, following, plan, catalogue)
        if between is not None:
            joins[line.block] = (following.block, between)
            seconds.add(following.block)
    return joins


def _between(
    document: Document, line: Line, following: Line, plan: Plan, catalogue: Catalogue
) -> str | None:
    """What to put between two lines that are one heading, ``None`` for two that are not."""
    if following.form is not Form.TITLE or _apart(document, line.block, following.block):
        return None
    if line.form is Form.BARE:
        # A line end: nothing is broken, the mark has a line of its own.
        return "\n" if line.family in _ALONE else None
    if line.form is not Form.TITLE or line.stop or len(line.title) < _HALF:
        return None
    if _is_broken(line, following, plan, catalogue) or _is_broken_table_title(
        document, line, following
    ):
        return ""
    return None


def _apart(document: Document, first: int, second: int) -> bool:
    """Whether a table that is text of the report stands between two blocks."""
    return any(
        isinstance(document.blocks[block], Table) and document.blocks[block].role is Role.TEXT
        for block in range(first + 1, second)
    )


def _is_broken(line: Line, following: Line, plan: Plan, catalogue: Catalogue) -> bool:
    """Whether two lines are one title: together it is known word by word, the first alone not."""
    if len(following.title) > _REST or (line.mark is None and not plan.entries):
        return False
    whole = bare_core(core(line.title + following.title))
    if following.key in plan.places:
        return False
    if whole in plan.places and line.key not in plan.places:
        return True
    if line.mark is None:
        return False
    match, alone, rest = (
        catalogue.match(whole),
        catalogue.match(line.key),
        catalogue.match(following.core),
    )
    return (
        match is not None
        and match.exact
        and not (alone is not None and alone.exact)
        and not (rest is not None and rest.exact and rest.kind.id != match.kind.id)
    )


def _is_broken_table_title(document: Document, line: Line, following: Line) -> bool:
    """Whether the second line is only the end of a table's title (…项目 | 绩效目标表)."""
    return (
        line.mark is None
        and _TITLE_END.fullmatch(following.title) is not None
        and not line.title.endswith("表")
        and agency_in(line.passage.text.lstrip(_CODE_CHARACTERS))[0] is None
        and _table_follows(document, following.block)
    )


def _table_follows(document: Document, block: int) -> bool:
    """Whether a table stands right below a line, captions between them left aside."""
    for below in document.blocks[block + 1 : block + 5]:
        if isinstance(below, Table):
            return True
        if below.role is Role.TEXT and read_caption(fold_text(below.text[:_CAPTION])) is None:
            return False
    return False
