"""Headings that run over two lines: a mark alone on its line, a title broken at the line's end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import Document, Role, Table, fold_text
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.captions import agency_in, read_caption
from disclosure_parser.outline.lines import Form, Line
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
#: Marks that stand alone on a line before their title; a lone ``1.`` may be anything.
_ALONE = frozenset(
    {MarkFamily.PART, MarkFamily.CHAPTER, MarkFamily.CHINESE, MarkFamily.CHINESE_BRACKETED}
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
