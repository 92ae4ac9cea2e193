"""Statements as rules read them: which columns are parts of which, which rows of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from attrs import frozen

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.checks.lines import money
from disclosure_parser.checks.model import Operand
from disclosure_parser.document import fold_text
from disclosure_parser.language.values import Amount, Phase, ValueState
from disclosure_parser.statements import (
    ColumnRole,
    Figure,
    Row,
    RowRole,
    Statement,
    StatementColumn,
    statement_facts,
)

_TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合计|小计|总计|共计)(?:数)?")
#: Beyond this a figure cannot be rounded in the default precision; no budget has it.
_LARGE = Decimal("1e24")
#: Columns that are no part of a row's sum.
_OUTSIDE = {"opening", "closing", "change", "share"}


@frozen
class Partition:
    """A column that holds the sum of others, by their header."""

    total: StatementColumn
    parts: tuple[StatementColumn, ...]


def partitions(statement: Statement) -> Iterator[Partition]:
    """The columns that are sums of their neighbours, lane by lane, phase by phase."""
    groups: dict[tuple[object, ...], list[StatementColumn]] = {}
    for column in statement.columns:
        if column.role is ColumnRole.AMOUNT and column.meaning not in _OUTSIDE:
            # Of 合计 | “三公”经费预算 | 会议费 only one column names the phase that all have.
            phase = column.phase or statement.phase
            groups.setdefault((column.lane, phase, column.year), []).append(column)
    for columns in groups.values():
        yield from _split(columns, 0)


def _split(columns: Sequence[StatementColumn], depth: int) -> Iterator[Partition]:
    """The partition at one level of the header, and those below it."""
    children: dict[str, list[StatementColumn]] = {}
    for column in columns:
        children.setdefault(_word(column, depth), []).append(column)
    if len(children) == 1:
        if any(len(column.path) > depth + 1 for column in columns):
            yield from _split(columns, depth + 1)
        return
    total = next((c[0] for w, c in children.items() if len(c) == 1 and _TOTAL.fullmatch(w)), None)
    parts: list[StatementColumn] = []
    for group in children.values():
        if group[0] is total:
            continue
        yield from _split(group, depth + 1) if len(group) > 1 else ()
        parts.extend(_heads(group, depth + 1))
    parts = [part for part in parts if not part.subset]
    if total is not None and len(parts) > 1:
        yield Partition(total, tuple(parts))


def _heads(group: list[StatementColumn], depth: int) -> list[StatementColumn]:
    """The columns that stand for a group: its total, else all of its parts."""
    if len(group) == 1:
        return group
    words = {_word(column, depth) for column in group}
    if len(words) == 1 and any(len(column.path) > depth + 1 for column in group):
        # A level between with one name for all (or a name that was broken over two lines).
        return _heads(group, depth + 1)
    totals = [column for column in group if _TOTAL.fullmatch(_word(column, depth))]
    return totals[:1] or group


def _word(column: StatementColumn, depth: int) -> str:
    """The header of a column at a depth; a column whose path ends above is its own total."""
    path = column.path
    return fold_text(path[depth]) if depth < len(path) else "合计"


def cell(row: Row, column: StatementColumn) -> Operand | None:
    """The amount at a row and column as an operand; ``None`` unless it is a number."""
    value = row.value(column.index)
    if value is None or value.amount is None:
        return None
    return money(f"{row_name(row)} {' › '.join(column.path)}".strip(), value.amount)


def unread(row: Row, columns: Sequence[StatementColumn]) -> list[str]:
    """The texts of cells that hold something which was not read as a number."""
    found = []
    for column in columns:
        value = row.value(column.index)
        if value is not None and value.amount is not None and value.state is ValueState.TEXT:
            found.append(value.amount.text)
    return found


def row_name(row: Row) -> str:
    """What a row is called: its name, else its code."""
    if row.name is not None:
        return "".join(row.name.text.split())
    return row.code.code if row.code is not None else ""


def roots(statement: Statement, rows: Sequence[Row]) -> list[Row]:
    """The rows of a lane that are no part of another row: what a total adds up.

    A subtotal ends what stands above it: 结转结余 after 本年收入合计 is no part of a source.
    """
    found: list[Row] = []
    ended = -1
    for row in rows:
        if row.role in (RowRole.SUBTOTAL, RowRole.TOTAL):
            ended = row.row
        elif row.role is RowRole.ITEM:
            parent = statement.rows[row.parent] if row.parent is not None else None
            if parent is None or parent.row < ended < row.row:
                found.append(row)
    return found


@frozen(eq=False)
class Sheet:
    """A statement with the relations of its rows and columns, each computed once.

    ``lanes`` are the rows of each lane, ``children`` the rows that are parts of a row (by its
    index in ``statement.rows``), ``by_code`` the rows of a code, ``columns`` the columns of each
    lane that hold money and can be added downwards.
    """

    statement: Statement
    lanes: dict[int, list[Row]]
    children: dict[int, list[Row]]
    by_code: dict[str, list[Row]]
    columns: dict[int, list[StatementColumn]]

    @property
    def block(self) -> int:
        """The block of the table."""
        return self.statement.block

    def amount(self, row: Row, meaning: str = "total") -> Operand | None:
        """The amount of a row in the column of a meaning as an operand."""
        amount = self.statement.amount(row, meaning)
        if amount is None:
            return None
        return money(printed_name(self.statement, row, meaning_header(meaning)), amount)


def sheet_of(statement: Statement) -> Sheet:
    """The relations of a statement."""
    sheet = Sheet(statement, {}, {}, {}, {})
    for row in statement.rows:
        sheet.lanes.setdefault(row.lane, []).append(row)
        if row.parent is not None:
            sheet.children.setdefault(row.parent, []).append(row)
        if row.code is not None:
            sheet.by_code.setdefault(row.code.code, []).append(row)
    for column in statement.columns:
        if column.role is ColumnRole.AMOUNT and column.meaning not in ("change", "share"):
            sheet.columns.setdefault(column.lane, []).append(column)
    return sheet


@frozen
class Printed:
    """A figure of a statement as an operand, with the table and row it stands in."""

    operand: Operand
    statement: Statement
    row: Row
    phase: Phase | None = None


FigureKey = tuple[str, Phase | None, int | None]


class PrintedFigures:
    """The figures of statements by concept, phase and year, and the totals by amount."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._figures: dict[FigureKey, list[Printed]] = {}
        self._totals: dict[Decimal, Printed] = {}
        #: Numbers of things, with the statement that prints them.
        self.counted: list[tuple[Statement, Figure]] = []
        for sheet in sheets:
            statement = sheet.statement
            for figure in statement_facts(statement):
                if not isinstance(figure.value, Amount):
                    self.counted.append((statement, figure))
                    continue
                row = statement.rows[figure.row]
                column = statement.column(figure.column)
                header = " › ".join(column.path) if column is not None else ""
                operand = money(printed_name(statement, row, header), figure.value)
                if operand is None:
                    continue
                printed = Printed(operand, statement, row)
                if row.role is RowRole.TOTAL or figure.concept:
                    self._totals.setdefault(_rounded(operand.value), printed)
                if figure.concept:
                    key = (figure.concept, figure.phase, figure.year)
                    self._figures.setdefault(key, []).append(printed)

    def get(self, concept: str, phase: Phase | None, year: int | None) -> list[Printed]:
        """The figures of a concept in a phase and year."""
        return self._figures.get((concept, phase, year), [])

    def of_concept(self, concept: str) -> dict[tuple[Phase | None, int | None], list[Printed]]:
        """The figures of a concept by phase and year."""
        return {key[1:]: found for key, found in self._figures.items() if key[0] == concept}

    def of_amount(self, operand: Operand) -> Printed | None:
        """A total or a figure of a known concept that prints the amount of an operand."""
        return self._totals.get(_rounded(operand.value)) if operand.value else None


def _rounded(value: Decimal) -> Decimal:
    """An amount in 元 to the unit of 0.01万元, in which prose is printed."""
    return value.quantize(Decimal(100), rounding=ROUND_HALF_UP) if abs(value) < _LARGE else value


class Lookup:
    """The rows of 项 by their printed name, with the names of the levels above."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._rows: dict[str, list[tuple[tuple[str, ...], Printed]]] = {}
        self._codes: dict[str, list[Printed]] = {}
        for sheet in sheets:
            names = {
                row.code.code: plain(row.name.text)
                for row in sheet.statement.rows
                if row.code is not None and row.name is not None
            }
            for row in sheet.statement.rows:
                if row.code is None or row.code.level != "项" or row.name is None:
                    continue
                operand = sheet.amount(row)
                if operand is not None:
                    code = row.code.code
                    path = (names.get(code[:3], ""), names.get(code[:5], ""), names[code])
                    found = (path, Printed(operand, sheet.statement, row))
                    self._rows.setdefault(path[-1], []).append(found)
                    self._codes.setdefault(code, []).append(found[1])

        self._classes: dict[str, list[Printed]] = {}
        for sheet in sheets:
            for row in sheet.statement.rows:
                code = row.code.code if row.code is not None else row.implied
                is_class = len(code) == 3 or row.concept == "expenditure.function_class"
                if row.name is None or not is_class or row.role is not RowRole.ITEM:
                    continue
                stem = class_stem(row.name.text)
                for value in row.values:
                    column = sheet.statement.column(value.column)
                    operand = cell(row, column) if column is not None else None
                    if operand is not None and column is not None:
                        self._classes.setdefault(stem, []).append(
                            Printed(operand, sheet.statement, row, column.phase)
                        )

    def coded(self, code: str) -> list[Printed]:
        """The rows of a code of seven digits."""
        return self._codes.get(code, [])

    def classes(self, name: str, phase: Phase) -> list[Printed]:
        """The figures of a class 类 in all columns of a phase, by its name."""
        found = self._classes.get(class_stem(name), [])
        return [p for p in found if (p.phase or p.statement.phase) in (phase, None)]

    def named(self, name: str) -> list[tuple[tuple[str, ...], Printed]]:
        """The rows of a name, each with the names of its 类, 款 and 项."""
        return self._rows.get(plain(name), [])


_CLASS_WORDS = re.compile(
    r"^[一二三四五六七八九十]+[、.]|^\([一二三四五六七八九十]+\)|\(类\)|支出|\d+"
)


def class_stem(name: str) -> str:
    """The name of a class without its number, 支出 and （类）."""
    return plain(_CLASS_WORDS.sub("", "".join(fold_text(name).split())))


def max_amount(statement: Statement) -> Operand | None:
    """The largest amount that a statement prints."""
    found = [
        operand
        for row in statement.rows
        for column in statement.columns
        if column.role is ColumnRole.AMOUNT and column.meaning not in ("change", "share")
        if (operand := cell(row, column)) is not None
    ]
    return max(found, key=lambda operand: operand.value, default=None)


def plain(name: str) -> str:
    """A name without white space and punctuation."""
    return re.sub(r"[\s\"，,、]", "", fold_text(name))


def meaning_header(meaning: str) -> str:
    """The words for the column of a meaning in the name of a cell."""
    return "" if meaning == "total" else concept_name(meaning)


def title_of(statement: Statement) -> str:
    """What people call a table."""
    if statement.title is None:
        return statement.label.text.strip() if statement.label is not None else statement.kind
    return "".join(statement.title.text.split())


def printed_name(statement: Statement, row: Row, header: str) -> str:
    """How people would call a cell: 《table》 row column."""
    return " ".join(part for part in (f"《{title_of(statement)}》", row_name(row), header) if part)
