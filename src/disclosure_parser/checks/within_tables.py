"""Rules within one table 表内勾稽: columns against their total, rows against theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import frozen

from disclosure_parser.checks.compare import Comparison, compare_most, compare_sums
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import (
    Sheet,
    cell,
    partitions,
    roots,
    row_name,
    unread,
)
from disclosure_parser.document import fold_text
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.statements import (
    Flow,
    NewAssets,
    PerformanceTargets,
    ProcurementStatement,
    ProjectExpenditure,
    Row,
    RowRole,
    Statement,
    StatementColumn,
    ThreePublicStatement,
    Transfers,
    TwoSided,
    UnknownTable,
)

_KINDS = {"procurement.goods", "procurement.works", "procurement.services"}


@rule("T01", "行内合计等于各列之和", "The total of a row is the sum of its columns")
def row_sums(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各列 (基本支出 + 项目支出 …; 小计 = 购置费 + 运行费): by the levels of the header.

    Source: statutory tables 收入总表, 支出总表, “三公”, 公开02, 03, 05, 07. A blank cell adds
    nothing; a row of which no part is printed is not compared.
    """
    for sheet in _sheets(subject):
        statement = sheet.statement
        for partition in partitions(statement):
            for row in sheet.lanes.get(partition.total.lane, ()):
                total = cell(row, partition.total)
                parts = [cell(row, column) for column in partition.parts]
                printed = [part for part in parts if part is not None]
                if total is None or not printed:
                    continue
                formula = f"{row_name(row)}: {_last(partition.total)} = " + " + ".join(
                    _last(column) for column in partition.parts
                )
                if texts := unread(row, partition.parts):
                    reason = say("operand_unread", what=", ".join(texts))
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                comparison = compare_sums([total], printed)
                yield judged(rule, comparison, [total], printed, formula, table=statement.block)


@rule("T02", "合计等于各行之和", "The total of a column is the sum of its rows")
def column_sums(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各行; 本年收入合计 = Σ 收入各行; 总计 = 本年合计 + 结转结余各行.

    Source: 收支总表, 支出总表, 公开01–09 and lists of projects. Only rows that are no part of
    another one are added (类, not 款 and 项; no 其中). The total may stand above or below its
    rows.
    """
    for sheet in _sheets(subject):
        # One cell may be the total of two lanes (公用经费合计 under 302 | 310).
        sums: dict[Operand, list[_Sum]] = {}
        for lane in sheet.statement.lanes:
            for column in sheet.columns.get(lane.index, ()):
                for found in _down(sheet.statement, sheet.lanes.get(lane.index, []), column):
                    sums.setdefault(found.total, []).append(found)
        for same in sums.values():
            yield from _sum_of(rule, sheet.statement, same, strict=subject.is_government)


def _alike(sheet: Sheet, row: Row, column: StatementColumn) -> StatementColumn:
    """The column of a row's own lane that says the same as a column of another one."""
    if row.lane == column.lane:
        return column
    own = sheet.columns.get(row.lane, ())
    same = (c for c in own if (c.meaning, c.phase) == (column.meaning, column.phase))
    return next(same, column)


@rule("T03", "上级科目等于下级科目之和", "A code equals the sum of the codes below it")
def hierarchy(subject: Subject, rule: Rule) -> Iterator[Result]:
    """类 = Σ 款, 款 = Σ 项: a row equals the sum of the rows that are its parts, column by
    column.

    Source: 支出功能分类, 支出经济分类 (政府收支分类科目); every template. Rows of 其中 are
    compared by T04 instead.
    """
    for sheet in _sheets(subject):
        statement = sheet.statement
        strays = _strays(sheet)
        for index, row in enumerate(statement.rows):
            children = [c for c in sheet.children.get(index, ()) if c.role is RowRole.ITEM]
            if row.code is None and children:
                # 其中：（1）… then （2）…: the mark says 其中 only once.
                children = list(sheet.children[index])
            if row.role is not RowRole.ITEM or not children:
                continue
            lost = _row_lost(sheet, row, children)
            for column in sheet.columns.get(row.lane, ()):
                total = cell(row, column)
                parts = [cell(child, _alike(sheet, child, column)) for child in children]
                printed = [part for part in parts if part is not None]
                if total is None or not printed:
                    continue
                formula = f"{row_name(row)} = " + " + ".join(row_name(c) for c in children)
                if texts := [t for child in children for t in unread(child, [column])]:
                    reason = say("operand_unread", what=", ".join(texts))
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                if row.code is None and len(printed) < len(children):
                    yield unevaluable(rule, say("some_parts_blank"), formula, table=statement.block)
                    continue
                comparison = compare_sums([total], printed)
                subset = any(child.role is RowRole.SUBSET for child in children)
                # The tables of a government may print the main items only.
                main = subject.is_government and comparison.difference > 0
                unsure = subset or main or strays[index]
                if comparison.outcome is Outcome.MISMATCH and unsure:
                    reason = say("may_be_incomplete" if subset or main else "levels_unknown")
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                yield judged(
                    rule,
                    comparison,
                    [total],
                    printed,
                    formula,
                    table=statement.block,
                    lowered=(Level.WARNING, say("row_lost")) if lost else None,
                )


@rule("T04", "其中项不超过所属项", "What is part of a row does not exceed it")
def subsets(subject: Subject, rule: Rule) -> Iterator[Result]:
    """其中项 ≤ 所属项: a row printed as 其中 does not exceed the row it is a part of.

    Source: the meaning of 其中; 收支总表 with 其中：捐赠收入 and the like.
    """
    for sheet in _sheets(subject):
        statement = sheet.statement
        for row in statement.rows:
            if row.role is not RowRole.SUBSET or row.parent is None:
                continue
            whole = statement.rows[row.parent]
            for column in sheet.columns.get(row.lane, ()):
                part, total = cell(row, column), cell(whole, column)
                if part is not None and total is not None:
                    formula = f"{row_name(row)} ≤ {row_name(whole)}"
                    yield judged(
                        rule,
                        compare_most(part, total),
                        [part],
                        [total],
                        formula,
                        table=statement.block,
                    )


@rule("T05", "收入总计等于支出总计", "Both sides of a table balance")
def balance(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收入总计 = 支出总计 in tables of two sides.

    Source: 收支总表, 财政拨款收支总表, 公开01, 公开04 (财决01表: 31行 = 88行).
    """
    for sheet in _sheets(subject):
        statement = sheet.statement
        if not isinstance(statement, TwoSided):
            continue
        sides = [_grand_total(sheet, flow) for flow in (Flow.REVENUE, Flow.EXPENDITURE)]
        formula = "收入总计 = 支出总计"
        if any(side is None for side in sides):
            if not statement.empty:
                reason = say("operand_missing", what="总计行")
                yield unevaluable(rule, reason, formula, table=statement.block)
            continue
        revenue, expenditure = [side for side in sides if side is not None]
        comparison = compare_sums([revenue], [expenditure])
        yield judged(rule, comparison, [revenue], [expenditure], formula, table=statement.block)


# -- helpers -----------------------------------------------------------------------------------


def _sheets(subject: Subject) -> Iterator[Sheet]:
    """The tables whose columns and rows are known."""
    for sheet in subject.sheets:
        other = UnknownTable | ProcurementStatement | PerformanceTargets
        if not isinstance(sheet.statement, other) or _by_kind(sheet.statement):
            yield sheet


def _by_kind(statement: Statement) -> bool:
    """Whether a table of procurement has no rows but 货物, 工程 and 服务: no list of things."""
    concepts = {row.concept for row in statement.rows if row.role is not RowRole.TOTAL}
    return isinstance(statement, ProcurementStatement) and bool(concepts) and concepts <= _KINDS


def _row_lost(sheet: Sheet, row: Row, children: Sequence[Row]) -> bool:
    """Whether the parts of a row fall short in every column in the way one more row would add.

    One wrong figure breaks the sum of its own column and of its own row; a row that was not read
    (or not printed) leaves the sums along the rows intact.
    """
    short: dict[bool, Decimal] = {True: Decimal(0), False: Decimal(0)}
    step = Decimal(0)
    for column in sheet.columns.get(row.lane, ()):
        total = cell(row, column)
        parts = [part for child in children if (part := cell(child, column)) is not None]
        if total is None or column.subset:
            continue
        missing = total.value - sum((part.value for part in parts), Decimal(0))
        short[column.meaning == "total"] += missing
        step = max(step, total.step)
    whole, others = short[True], short[False]
    return whole > step * (len(children) + 1) and abs(whole - others) <= step * 2


def _counted_twice(
    comparison: Comparison, sums: Sequence[_Sum], printed: Sequence[Operand]
) -> bool:
    """Whether the rows exceed their total by just what some rows of them print.

    Rows of a lower level that are not marked as such are added twice; coded rows are known.
    """
    over = -comparison.difference
    coded = all(part.code is not None for found in sums for part in found.parts)
    if over <= comparison.tolerance or coded or len(printed) > _LONG:
        return False
    values = [operand.value for operand in printed]
    for first in range(len(values)):
        run = Decimal(0)
        for value in values[first:]:
            run += value
            if run and abs(run - over) <= comparison.tolerance:
                return True
    return False


def _strays(sheet: Sheet) -> dict[int, bool]:
    """For each row, whether rows without a code stand among those below its code.

    Such a row may be a part whose code was not read.
    """
    found = dict.fromkeys(range(len(sheet.statement.rows)), False)
    open_rows: dict[int, list[int]] = {}
    for index, row in enumerate(sheet.statement.rows):
        above = open_rows.setdefault(row.lane, [])
        if row.code is None:
            if row.role is RowRole.ITEM and row.parent is None:
                found.update(dict.fromkeys(above, True))
            continue
        while above and not row.code.code.startswith(_code(sheet, above[-1])):
            above.pop()
        above.append(index)
    return found


def _code(sheet: Sheet, index: int) -> str:
    code = sheet.statement.rows[index].code
    return code.code if code is not None else ""


#: Longer lists are not searched for rows added twice.
_LONG = 100


@frozen
class _Sum:
    """A printed total with the rows that it should be the sum of, in one column of a lane."""

    total: Operand
    row: Row
    parts: tuple[Row, ...]
    column: StatementColumn


def _down(statement: Statement, rows: Sequence[Row], column: StatementColumn) -> Iterator[_Sum]:
    """Totals of a column with the rows above them, or below a total that stands first."""
    tops = roots(statement, rows)
    totals = [row for row in rows if row.role in (RowRole.SUBTOTAL, RowRole.TOTAL)]
    if not totals or not tops:
        return
    if totals[0].row < tops[0].row:
        whole = cell(totals[0], column) if len(totals) == 1 else None
        if whole is not None:
            yield _Sum(whole, totals[0], tuple(tops), column)
        return
    running: list[Row] = []
    for row in sorted((*tops, *totals), key=lambda r: r.row):
        if row.role is RowRole.ITEM:
            running.append(row)
            continue
        whole = cell(row, column)
        if whole is not None:
            yield _Sum(whole, row, tuple(running), column)
        # 总计 adds to 本年合计 what stands between the two.
        running = [row]


def _sum_of(
    rule: Rule, statement: Statement, sums: Sequence[_Sum], *, strict: bool
) -> Iterator[Result]:
    total, column = sums[0].total, sums[0].column
    printed = [p for s in sums for part in s.parts if (p := cell(part, s.column)) is not None]
    if not printed:
        return
    where = "" if len(column.path) < 2 else f"（{' › '.join(column.path)}）"
    formula = f"{row_name(sums[0].row)}{where} = Σ {len(printed)}行"
    if texts := [t for s in sums for part in s.parts for t in unread(part, [s.column])]:
        reason = say("operand_unread", what=", ".join(texts))
        yield unevaluable(rule, reason, formula, table=statement.block)
        return
    comparison = compare_sums([total], printed)
    unsure = not _attributed(statement, sums, strict) or _counted_twice(comparison, sums, printed)
    if comparison.outcome is Outcome.MISMATCH and unsure:
        yield unevaluable(rule, say("levels_unknown"), formula, left=[total], table=statement.block)
        return
    yield judged(rule, comparison, [total], printed, formula, table=statement.block)


def _attributed(statement: Statement, sums: Sequence[_Sum], strict: bool) -> bool:
    """Whether codes or numbers say that the added rows are of one level.

    Indentation alone is often lost; a list of projects, units or assets has one level by nature.
    ``strict`` is for the tables of a government, which print 其中 rows without saying so and
    leave rows of other levels between the numbered ones.
    """
    if isinstance(statement, ProjectExpenditure | NewAssets | Transfers | ThreePublicStatement):
        return True
    return all(
        row.code is not None
        or row.role is not RowRole.ITEM
        or (not strict and (bool(row.concept) or _is_numbered(row)))
        for found in sums
        for row in found.parts
    )


def _is_numbered(row: Row) -> bool:
    return row.name is not None and read_mark(fold_text(row.name.text)) is not None


def _grand_total(sheet: Sheet, flow: Flow) -> Operand | None:
    """The total of a side, in the first column that prints one."""
    statement = sheet.statement
    rows = statement.side(flow) if isinstance(statement, TwoSided) else ()
    for row in (row for row in reversed(rows) if row.role is RowRole.TOTAL):
        for column in sheet.columns.get(row.lane, ()):
            operand = cell(row, column)
            if operand is not None:
                return operand
    return None


def _last(column: StatementColumn) -> str:
    return column.path[-1] if column.path else "?"
