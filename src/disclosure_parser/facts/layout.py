"""Where a table figure stands: labels and code of its row, header path, what the words say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import Anchor, Cell, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.facts.columns import Role, column_roles, digits_of, names_rows
from disclosure_parser.facts.headings import Words, is_counted, read_words
from disclosure_parser.facts.model import Measure
from disclosure_parser.language.units import unit_of
from disclosure_parser.language.values import Unit
from disclosure_parser.outline.headers import is_value
from disclosure_parser.outline.model import TableView
from disclosure_parser.statements.names import heads_units

if TYPE_CHECKING:
    from disclosure_parser.report import Report

_LABEL_CODE = re.compile(r"[\[(]?(?P<code>[2-5]\d{2}(?:\d{2}){0,2})[\])]?(?=[^\W\d_])")
_UNIT_AFTER = re.compile(r"[万亿千百元个台套年月日人辆平批次名家]")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计)$")
_WHOLE = re.compile(r"(?:收入|支出)?(?:合计|总计|总合计|共计)")
_TABLE_TITLE = re.compile(r"表(?:\([^()]*\))?$")
_DIGIT = re.compile(r"\d")

Key = tuple[int, int, int]


@frozen(kw_only=True)
class Spot:
    """Where a cell stands: labels of its row, header path, code, and what its table says."""

    view: TableView
    table_title: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    code: str
    words: Words
    title: Words
    section: str
    stock: bool
    context: TableContext


class TableContext:
    """One table (one view) with what its columns hold."""

    def __init__(self, view: TableView, grid: Grid, fiscal_year: int | None) -> None:
        self.view = view
        self.grid = grid
        self.roles = column_roles(view, grid)
        self.paths: list[tuple[str, ...]] = [()] * grid.columns
        self.units: list[Unit | None] = [None] * grid.columns
        for column in view.columns:
            if column.index < grid.columns:
                self.paths[column.index] = column.path
                self.units[column.index] = column.unit
        title = (view.title.text,) if view.title is not None else ()
        self.title_words = read_words(title, fiscal_year)
        # 上年 in a table of another year than the report's is the year before that one.
        own_year = self.title_words.year or fiscal_year
        self.words = [read_words(path, own_year) for path in self.paths]
        self.groups = [self._group(column) for column in range(grid.columns)]
        #: Whether the table counts things in columns apart from its money.
        self.counts = any(words.measure is Measure.QUANTITY for words in self.words)
        self.measures = [at for at, path in enumerate(self.paths) if heads_units(path)]
        #: Rows above the header are a form: keys and values side by side.
        self.first = min(view.header_rows, default=0)
        self._labels: dict[tuple[int, ...], dict[int, tuple[tuple[str, ...], str]]] = {}

    def _group(self, column: int) -> tuple[int, ...]:
        """The columns that name the rows of a figure column: the nearest run to its left."""
        roles = self.roles
        end = column - 1
        while end >= 0 and roles[end] is not Role.LABEL:
            end -= 1
        start = end
        while start > 0 and roles[start - 1] is not Role.FIGURE:
            start -= 1
        return tuple(range(start, end + 1)) if end >= 0 else ()

    def labels(self, row: int, column: int) -> tuple[tuple[str, ...], str]:
        """The labels of a cell's row, outermost first, and the row's code."""
        if row < self.first or self.roles[column] is not Role.FIGURE:
            return self._keys(row, column), ""
        group = self.groups[column]
        if not group:
            return self._keys(row, column), ""
        if group not in self._labels:
            self._labels[group] = self._read_labels(group)
        return self._labels[group].get(row, ((), ""))

    def _read_labels(self, group: tuple[int, ...]) -> dict[int, tuple[tuple[str, ...], str]]:
        """The labels and the code of all rows.

        A label that is printed only beside the first of several rows is that of all of them, down
        to the next label in its column or left of it, or to the total.
        """
        found: dict[int, tuple[tuple[str, ...], str]] = {}
        held: dict[int, str] = {}
        for row in self.view.body_rows:
            if row < self.first:
                continue
            printed, codes, others = self._printed(row, group)
            if printed:
                if _WHOLE.fullmatch(fold_text("".join(printed.values()))):
                    held = {}
                held = {at: text for at, text in held.items() if at < min(printed)} | printed
            texts = tuple(held.values()) if printed else tuple(others)
            code = _joined_code(codes)
            if not texts and not code:
                texts = self._total(row, group[0])
            if not code and texts:
                match = _LABEL_CODE.match(fold_text(texts[-1]))
                if match and not _UNIT_AFTER.match(fold_text(texts[-1]), match.end()):
                    code = match["code"]
            found[row] = texts, code
        return found

    def _printed(
        self, row: int, group: tuple[int, ...]
    ) -> tuple[dict[int, str], list[str], list[str]]:
        """The labels that a row prints by column, its codes, and other words (合计)."""
        texts: dict[int, str] = {}
        codes: list[str] = []
        others: list[str] = []
        last: Cell | None = None
        for column in group:
            cell = self.grid.cell(row, column)
            if cell is None or cell is last or not cell.text.strip():
                continue
            last = cell
            role = self.roles[column]
            digits = digits_of(cell) if role is Role.CODE else ""
            if digits:
                codes.append(digits)
            elif role is Role.LABEL and not names_rows(self.paths[column]):
                continue
            elif role is Role.LABEL:
                texts[column] = "".join(cell.text.split())
            elif not _DIGIT.search(cell.text):
                others.append("".join(cell.text.split()))
        return texts, codes, others

    def _total(self, row: int, end: int) -> tuple[str, ...]:
        """The word for a total, the nearest to the left whatever its column is for."""
        for column in reversed(range(end)):
            cell = self.grid.cell(row, column)
            text = "".join(cell.text.split()) if cell is not None else ""
            if text and not is_value(text):
                return (text,) if _TOTAL.search(fold_text(text)) else ()
        return ()

    def measure(self, row: int) -> str:
        """The unit that a row prints in a column of units (计量单位), folded; ``""`` without."""
        words = (fold_text(self.grid.text(row, column)) for column in self.measures)
        return next((w for w in words if unit_of(w) is not None or is_counted(w)), "")

    def left_of(self, row: int, column: int) -> set[str]:
        """The texts to the left of a cell in its row."""
        cells = (cell for cell in self.grid.row(row) if cell.column < column)
        return {"".join(cell.text.split()) for cell in cells}

    def _keys(self, row: int, column: int) -> tuple[str, ...]:
        """The words to the left of a value in a form, back to the value before it."""
        keys: list[str] = []
        for cell in reversed(self.grid.row(row)):
            text = "".join(cell.text.split())
            if cell.column >= column or not text:
                continue
            if is_value(text):
                break
            keys.append(text)
        return tuple(reversed(keys))


class Tables:
    """The tables of a report, laid out once, and which of their cells records have read."""

    def __init__(self, report: Report) -> None:
        self.fiscal_year = report.identity.fiscal_year
        self.contexts: list[TableContext] = []
        self.consumed: set[Key] = set()
        self.seen: set[tuple[object, ...]] = set()
        self._by_row: dict[tuple[int, int], TableContext] = {}
        self._sections: dict[int, str] = {}
        self._kinds: dict[str, str] = {}
        #: Tables by the heading that is their title, where no caption is.
        self._headings: dict[int, str] = {}
        tables = Counter(view.block for view in report.tables)
        for section in report.walk():
            self._kinds[section.id] = section.kind
            for block in section.blocks:
                self._sections[block] = section.id
            own = [block for block in section.blocks if tables[block]]
            if len(own) == 1 == tables[own[0]] and _TABLE_TITLE.search(fold_text(section.title)):
                self._headings[own[0]] = section.title
        grids: dict[int, Grid] = {}
        blocks = report.document.blocks
        for view in report.tables:
            if view.block >= len(blocks):
                raise LookupError("the report holds no document: its tables cannot be read")
            table = blocks[view.block]
            if not isinstance(table, Table):
                raise LookupError(f"block {view.block} is no table")
            if view.block not in grids:
                grids[view.block] = Grid(table)
            context = TableContext(view, grids[view.block], self.fiscal_year)
            self.contexts.append(context)
            for row in view.body_rows:
                self._by_row[view.block, row] = context

    def _title_of(self, view: TableView) -> str:
        """The title of a table: its caption, else a heading (…表) that stands for it alone."""
        return view.title.text if view.title is not None else self._headings.get(view.block, "")

    def kind_of(self, section: str) -> str:
        """The kind of a section id."""
        return self._kinds.get(section, "")

    def section_of(self, block: int) -> str:
        """The id of the innermost section that a block stands in, ``""`` for none."""
        return self._sections.get(block, "")

    def spot(self, anchor: Anchor) -> Spot | None:
        """Where the cell under an anchor stands, ``None`` for text outside the tables' bodies."""
        if anchor.row is None or anchor.column is None:
            return None
        context = self._by_row.get((anchor.block, anchor.row))
        if context is None or anchor.column >= context.grid.columns:
            return None
        return self.spot_of(context, anchor.row, anchor.column)

    def spot_of(self, context: TableContext, row: int, column: int) -> Spot:
        """Where a cell of a table stands."""
        labels, code = context.labels(row, column)
        section = self.section_of(context.view.block)
        # Above the header (项目资金 over 一级指标 | …) a figure is named by its row alone.
        above = row < context.first
        return Spot(
            view=context.view,
            table_title=self._title_of(context.view),
            row=labels,
            column=() if above else context.paths[column],
            code=code,
            words=read_words(labels[-1:], None) if above else context.words[column],
            title=context.title_words,
            section=section,
            stock=self.kind_of(section) == "state_assets",
            context=context,
        )

    def once(self, anchor: Anchor, measure: Measure, label: object = None) -> bool:
        """Whether a figure is told for the first time."""
        key = (anchor, measure, label)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True


def _joined_code(codes: list[str]) -> str:
    """The code of a row: 201 | 06 | 01 is 2010601, 201 | 20106 | 2010601 as well."""
    if not codes:
        return ""
    if len(codes[0]) == 3 and all(len(code) == 2 for code in codes[1:]):
        return "".join(codes)
    return max(codes, key=len)
