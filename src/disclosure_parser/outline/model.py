"""The section tree and the views of tables: what the outline layer gives to the extractors."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.language.values import Unit


@frozen(kw_only=True)
class Section:
    """A section 章节 of the report: its heading, its own blocks, its children.

    ``id`` is the path in the tree (``5.2.1``). ``number`` is the printed mark, ``title`` the
    printed title without it. ``kind`` is the catalogue's section kind (``""`` when unknown) and
    ``basis`` says how it was decided. ``blocks`` are the indices of the blocks that belong to the
    section itself (not to a child), in reading order, without the heading's block unless text
    follows the heading in the same block: that text starts after ``heading.end``.
    """

    id: str
    number: str
    title: str
    family: MarkFamily | None = None
    ordinal: int | None = None
    heading: Anchor | None = None
    kind: str = ""
    basis: str = ""
    blocks: tuple[int, ...] = ()
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@frozen(kw_only=True)
class Column:
    """A column of a table: its header path (``政府采购金额 › 合计``), top header first, printed
    text with inner white space removed, and the unit declared in the header if any."""

    index: int
    path: tuple[str, ...]
    unit: Unit | None = None


@frozen(kw_only=True)
class TableView:
    """What the rows and columns of a table are.

    Row numbers are grid rows of the table block. ``title``, ``agency`` … are quotes from wherever
    they are printed: above the table, or in its first rows. ``caption_rows`` hold caption items
    (编制部门, 单位：万元, 截止时间), ``header_rows`` the header and its repetitions after a page
    break, ``number_rows`` column numbers (栏次), ``note_rows`` notes inside the table; all others
    are ``body_rows``. ``unit`` is that of its money, ``counted`` that of a table of things
    (单位：辆). ``notes`` are notes printed in or below the table. ``empty`` says that no body cell
    holds a value.
    """

    block: int
    title: Quote | None = None
    label: Quote | None = None
    agency: Quote | None = None
    agency_code: str | None = None
    period: Quote | None = None
    unit: Unit | None = None
    unit_quote: Quote | None = None
    counted: Quote | None = None
    caption_rows: tuple[int, ...] = ()
    header_rows: tuple[int, ...] = ()
    number_rows: tuple[int, ...] = ()
    body_rows: tuple[int, ...] = ()
    note_rows: tuple[int, ...] = ()
    columns: tuple[Column, ...] = ()
    notes: tuple[Quote, ...] = ()
    empty: bool = False
