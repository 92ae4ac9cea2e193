"""Which statutory table a table is, by title, header words and row names; never by position."""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.catalogue.statements import StatementKind, statement_kinds
from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.outline.model import TableView


@frozen(kw_only=True)
class Recognition:
    """The kind of a table (``None`` when unknown), why, and what contradicts it."""

    kind: StatementKind | None
    basis: str
    doubts: tuple[str, ...] = ()


def recognise(view: TableView, grid: Grid) -> Recognition:
    """Tell the kind of a table."""
    header = header_words(view)
    names = "|".join(_names(view, grid))
    title = fold_text(view.title.text) if view.title is not None else ""
    short = bare_core(core(title)).translate(_QUOTES) if title else ""
    titled = _titled(short)
    alone = [kind for kind in statement_kinds() if _fits_alone(kind, header, names)]
    if titled is None:
        return _without_title(alone, title, header)
    quoted = view.title.text if view.title is not None else ""
    if titled in alone:
        return Recognition(kind=titled, basis="title and header")
    others = [k for k in alone if k.family not in (titled.family, *titled.compatible)]
    if titled.family == "items" and not _CLASSIFIED.search(header):
        # A list of projects may have the sources of its money for columns.
        others = [k for k in others if k.family != "revenue"]
    if others and titled.alone:
        return Recognition(
            kind=others[0],
            basis="header",
            doubts=(f"the title {quoted!r} names {titled.id}, the header fits {others[0].id}",),
        )
    if not header:
        return Recognition(
            kind=titled, basis="title", doubts=("no header was found: the title alone decides",)
        )
    if titled.header.search(header) or titled.header.search(names):
        return Recognition(kind=titled, basis="title")
    return Recognition(
        kind=None,
        basis="the header contradicts the title",
        doubts=(f"the title {quoted!r} names {titled.id}, the header does not fit it",),
    )


_CLASSIFIED = re.compile(r"科目|功能分类")
_QUOTES = str.maketrans("", "", "\"'《》〈〉【】“”")


def header_words(view: TableView) -> str:
    """All header paths of a table, levels joined by ``>`` and columns by ``|``."""
    paths = (">".join(fold_text(level) for level in column.path) for column in view.columns)
    return "|".join(dict.fromkeys(path for path in paths if path))


def _titled(short: str) -> StatementKind | None:
    if not short:
        return None
    return next((kind for kind in statement_kinds() if kind.titled(short)), None)


def _fits_alone(kind: StatementKind, header: str, names: str) -> bool:
    by_header = bool(kind.alone) and all(pattern.search(header) for pattern in kind.alone)
    by_rows = bool(kind.rows) and all(pattern.search(names) for pattern in kind.rows)
    return by_header or by_rows


def _without_title(alone: list[StatementKind], title: str, header: str) -> Recognition:
    """A title that is missing or names no kind: the header decides if it fits only one family."""
    if not alone:
        why = "no known title or header" if title else "no title, and the header fits no kind"
        return Recognition(kind=None, basis=why if header else "no title and no header")
    families = {kind.family for kind in alone}
    if len(families) > 1:
        fitting = ", ".join(kind.id for kind in alone)
        return Recognition(kind=None, basis=f"the header fits several kinds: {fitting}")
    said = "the title names no kind" if title else "the table has no title"
    return Recognition(kind=alone[0], basis="header", doubts=(f"{said}: the header decides",))


def _names(view: TableView, grid: Grid) -> list[str]:
    """The words of the first columns: names of the rows."""
    names = []
    for row in view.body_rows:
        for cell in grid.printed(row)[:4]:
            text = fold_text(cell.text)
            if len(text) > 1 and not re.fullmatch(r"[\d.,%-]+", text):
                names.append(text)
                break
    return names
