"""Statements 报表: the statutory tables as typed records.

A statement has columns with a meaning and rows that are records. Where a table prints two or
three lists side by side (收入 | 支出; 功能分类 | 支出用途), each list is a lane and every row
belongs to one: a printed line is not a record. What is printed and was not understood stays
reachable: in a row's ``others`` or in the statement's.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from attrs import frozen

from disclosure_parser.catalogue.codes import Agreement, Domain
from disclosure_parser.document import Quote
from disclosure_parser.language.values import Amount, Phase, Quantity, Unit, ValueState


class ColumnRole(StrEnum):
    """What stands in a column."""

    #: A code or a part of one (类 | 款 | 项).
    CODE = "code"
    #: What the row is about: 项目, 科目名称.
    NAME = "name"
    #: Running numbers 序号, 行次: never values.
    SERIAL = "serial"
    #: Money.
    AMOUNT = "amount"
    #: Counts, areas, percentages.
    QUANTITY = "quantity"
    #: Words: 备注, 采购组织形式, a second name.
    TEXT = "text"


class RowRole(StrEnum):
    """What a row is among the rows of its lane."""

    ITEM = "item"
    #: 其中: a part of the row above, never added to its siblings.
    SUBSET = "subset"
    #: 小计, 本年收入合计.
    SUBTOTAL = "subtotal"
    #: 合计, 总计, 收入总计.
    TOTAL = "total"


class Flow(StrEnum):
    """The side of the budget that a lane holds."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


@frozen(kw_only=True)
class StatementColumn:
    """A column: grid index, header path (top first), role and meaning.

    ``meaning`` is ``total`` for the row's amount in all (合计, 金额, 预算数), a concept id for a
    part of it (``expenditure.basic``) or for what a column of a one-row table holds
    (``three_public.overseas``), ``opening`` and ``closing`` for 年初 and 年末结转和结余,
    ``carryover.…`` for parts of 上年结转结余, ``change`` and ``share`` for what is computed from
    others, and ``""`` where the header is not known.
    ``phase`` and ``year`` are set where the header says them, ``subset`` where it says 其中.
    ``span`` is the number of grid columns under one header (codes in three cells, stepped names).
    """

    index: int
    lane: int
    role: ColumnRole
    path: tuple[str, ...]
    meaning: str = ""
    phase: Phase | None = None
    year: int | None = None
    unit: Unit | None = None
    subset: bool = False
    span: int = 1


@frozen(kw_only=True)
class Value:
    """The value of a row in a column (by its grid index): money, or a quantity."""

    column: int
    amount: Amount | None = None
    quantity: Quantity | None = None

    @property
    def state(self) -> ValueState:
        """What is printed in the cell."""
        if self.amount is not None:
            return self.amount.state
        return self.quantity.state if self.quantity is not None else ValueState.BLANK


@frozen(kw_only=True)
class Other:
    """A printed cell that is neither name, code nor value, with its column."""

    column: int
    text: Quote


@frozen(kw_only=True)
class PrintedCode:
    """A code as printed, in one cell or in several (201 | 06 | 01 is 2010601).

    ``domain`` comes from the table. ``level`` is 类, 款 or 项; ``official`` the name of the code in
    ``edition`` for the report's year and ``agreement`` how the printed name stands to it.
    ``doubt`` says where the code was completed from the rows above.
    """

    code: str
    parts: tuple[Quote, ...]
    domain: Domain
    level: str = ""
    official: str | None = None
    edition: str | None = None
    agreement: Agreement = Agreement.UNKNOWN
    doubt: str | None = None


@frozen(kw_only=True)
class Row:
    """A record of a lane.

    ``row`` is the grid row, ``name`` the printed name, ``group`` the name of the group where the
    table prints one in cells to the left, beside the row or beside the first of its group (the
    project of things to be bought, where the project has no amount). ``parent`` is the index in
    the statement's ``rows`` of the row this one is a part of: by code, by numbering (一、 over 1.),
    or by 其中. ``concept`` is the catalogue's concept of the name, ``""`` where unknown;
    ``implied`` the functional class whose official name the row has where no code is printed
    (一、一般公共服务支出 is 201).
    """

    row: int
    lane: int
    role: RowRole
    name: Quote | None = None
    group: Quote | None = None
    code: PrintedCode | None = None
    serial: Quote | None = None
    parent: int | None = None
    concept: str = ""
    implied: str = ""
    values: tuple[Value, ...] = ()
    others: tuple[Other, ...] = ()

    def value(self, column: int) -> Value | None:
        """The value in a column by grid index."""
        return next((v for v in self.values if v.column == column), None)


@frozen(kw_only=True)
class Lane:
    """One of the lists that a table prints side by side.

    ``flow`` is its side of the budget, ``basis`` what its rows are classified by as printed above
    them (功能分类, 支出用途, 收入), ``domain`` the list that its codes belong to.
    """

    index: int
    flow: Flow | None = None
    basis: str = ""
    domain: Domain | None = None


@frozen(kw_only=True)
class Statement:
    """A statutory table: base of all statement classes.

    ``kind`` is the catalogue's kind, ``basis`` what it was recognised by. ``title``, ``label``
    (公开01表), ``agency`` with ``agency_code``, ``period`` and ``unit`` are the table's attributes
    as printed; ``phase`` is that of columns which do not say their own. ``funds`` says whose money
    it is (``general_budget``, ``government_fund``, ``state_capital``, ``fiscal_appropriation``),
    ``""`` where the table does not limit it. ``empty`` says that no value is printed,
    ``declared_empty`` quotes the sentence that says so. ``doubts`` are contradictions: a title
    that the header does not fit, a note that calls a filled table empty. ``others`` are printed
    cells that belong to no row.
    """

    kind: str
    block: int
    basis: str
    title: Quote | None = None
    label: Quote | None = None
    agency: Quote | None = None
    agency_code: str | None = None
    period: Quote | None = None
    unit: Unit | None = None
    unit_quote: Quote | None = None
    phase: Phase | None = None
    year: int | None = None
    funds: str = ""
    pages: tuple[int, ...] = ()
    lanes: tuple[Lane, ...] = ()
    columns: tuple[StatementColumn, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[Quote, ...] = ()
    others: tuple[Quote, ...] = ()
    empty: bool = False
    declared_empty: Quote | None = None
    doubts: tuple[str, ...] = ()

    def column(self, index: int) -> StatementColumn | None:
        """The column of a grid index."""
        return next((c for c in self.columns if c.index == index), None)

    def columns_of(self, meaning: str, lane: int | None = None) -> tuple[StatementColumn, ...]:
        """The columns of a meaning, of all phases and years."""
        return tuple(c for c in self.columns if c.meaning == meaning and lane in (None, c.lane))

    def lane_rows(self, lane: int) -> tuple[Row, ...]:
        """The rows of a lane in order."""
        return tuple(row for row in self.rows if row.lane == lane)

    def children(self, parent: int) -> tuple[Row, ...]:
        """The rows whose parent is the row at an index of ``rows``."""
        return tuple(row for row in self.rows if row.parent == parent)

    def total_row(self, lane: int = 0) -> Row | None:
        """The last row of a lane that is its total; totals stand at the top or the bottom."""
        rows = [row for row in self.lane_rows(lane) if row.role is RowRole.TOTAL]
        return rows[-1] if rows else None

    def find(self, name: str) -> tuple[Row, ...]:
        """The rows of a code or a concept id."""
        return tuple(
            row
            for row in self.rows
            if row.concept == name or (row.code is not None and row.code.code == name)
        )

    def amounts(self, row: Row, meaning: str = "total") -> Iterator[tuple[StatementColumn, Amount]]:
        """The amounts of a row in the columns of a meaning."""
        for column in self.columns_of(meaning, row.lane):
            value = row.value(column.index)
            if value is not None and value.amount is not None:
                yield column, value.amount

    def amount(self, row: Row, meaning: str = "total", phase: Phase | None = None) -> Amount | None:
        """The amount of a row in the column of a meaning, of the report's year.

        With several phases (预算数 | 决算数) and none asked for, the statement's own.
        """
        wanted = phase or self.phase
        found = [
            (column, amount)
            for column, amount in self.amounts(row, meaning)
            if column.year in (None, self.year)
        ]
        for column, amount in found:
            if (column.phase or self.phase) is wanted:
                return amount
        return found[0][1] if found and phase is None else None
