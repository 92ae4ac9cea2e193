"""Headings that run over two lines: a mark alone on its line, a title broken at the line's end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from disclosure_parser.catalogue import Catalogue
from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import Document
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.lines import Form, Line
from disclosure_parser.outline.plan import Plan

#: Folded characters of the second half of a broken title.
_REST = 24
#: Marks that stand alone on a line before their title; a lone ``1.`` may be anything.
_ALONE = frozenset(
    {MarkFamily.PART, MarkFamily.CHAPTER, MarkFamily.CHINESE, MarkFamily.CHINESE_BRACKETED}
)


def joined_headings(
    document: Document, lines: Sequence[Line], plan: Plan, catalogue: Catalogue
) -> dict[int, tuple[int, str]]:
    """The blocks to join: first half to second half and what to put between them."""
    joins: dict[int, tuple[int, str]] = {}
    for line, following in pairwise(lines):
        if line.block in joins or following.mark is not None:
            continue
        if following.block != line.block + 1 and any(
            document.blocks[b].role is document.blocks[line.block].role
            and not hasattr(document.blocks[b], "text")
            for b in range(line.block + 1, following.block)
        ):
            continue
        if line.form is Form.BARE:
            if line.family in _ALONE and following.form is Form.TITLE:
                joins[line.block] = (following.block, "\n")
        elif _is_broken(line, following, plan, catalogue):
            joins[line.block] = (following.block, "")
    # A joined line cannot be the first half of another.
    seconds = {second for second, _ in joins.values()}
    return {first: rest for first, rest in joins.items() if first not in seconds}


def _is_broken(line: Line, following: Line, plan: Plan, catalogue: Catalogue) -> bool:
    """Whether two lines are one title: together it is known word by word, the first alone not."""
    if (
        line.form is not Form.TITLE
        or following.form is not Form.TITLE
        or line.stop
        or len(line.title) < 8
        or len(following.title) > _REST
        or (line.mark is None and not plan.entries)
    ):
        return False
    whole = bare_core(core(line.title + following.title))
    first = line.key
    if following.key in plan.places:
        return False
    if whole in plan.places and first not in plan.places:
        return True
    if line.mark is None:
        return False
    match, alone, rest = (
        catalogue.match(whole),
        catalogue.match(first),
        catalogue.match(following.core),
    )
    return (
        match is not None
        and match.exact
        and not (alone is not None and alone.exact)
        and not (rest is not None and rest.exact and rest.kind.id != match.kind.id)
    )
