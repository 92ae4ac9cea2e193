"""Rules within one table 表内勾稽: columns against their total, rows against theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import frozen

from disclosure_parser.checks.compare import compare_most, compare_sums
from disclosure_parser.checks.lines import count, money
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import (
    amount_columns,
    cell,
    partitions,
    roots,
    row_name,
    unread,
)
from disclosure_parser.document import fold_text
from disclosure_parser.language.numbering import read_mark
from disclosure_parser.sections.procurement import ProcurementRow, RowKind
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


@rule("T01", "行内合计等于各列之和")
def row_sums(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各列 (基本支出 + 项目支出 …; 小计 = 购置费 + 运行费): by the levels of the header.

    Source: statutory tables 收入总表, 支出总表, “三公”, 公开02, 03, 05, 07. A blank cell adds
    nothing; a row of which no part is printed is not compared.
    """
    for statement in _statements(subject):
        for partition in partitions(statement):
            for row in statement.lane_rows(partition.total.lane):
                total = cell(row, partition.total)
                parts = [cell(row, column) for column in partition.parts]
                printed = [part for part in parts if part is not None]
                if total is None or not printed:
                    continue
                formula = f"{row_name(row)}: {_last(partition.total)} = " + " + ".join(
                    _last(column) for column in partition.parts
                )
                if texts := unread(row, partition.parts):
                    reason = f"未能读出: {', '.join(texts)} was not read as a number"
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                comparison = compare_sums([total], printed)
                yield judged(rule, comparison, [total], printed, formula, table=statement.block)


@rule("T02", "合计等于各行之和")
def column_sums(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各行; 本年收入合计 = Σ 收入各行; 总计 = 本年合计 + 结转结余各行.

    Only rows that are no part of another one are added (类, not 款 and 项; no 其中). The total may
    stand above or below its rows.
    """
    for statement in _statements(subject):
        sums = [
            found
            for lane in statement.lanes
            for column in amount_columns(statement, lane.index)
            for found in _down(statement.lane_rows(lane.index), column)
        ]
        for total in dict.fromkeys(found.total for found in sums):
            # One cell may be the total of two lanes (公用经费合计 under 302 | 310).
            same = [found for found in sums if found.total == total]
            yield from _sum_of(rule, statement, same, strict=subject.is_government)


@rule("T03", "上级科目等于下级科目之和")
def hierarchy(subject: Subject, rule: Rule) -> Iterator[Result]:
    """类 = Σ 款, 款 = Σ 项: a row equals the sum of the rows that are its parts, column by column.

    Source: 支出功能分类, 支出经济分类. Rows of 其中 are compared by T04 instead.
    """
    for statement in _statements(subject):
        for index, row in enumerate(statement.rows):
            children = [c for c in statement.children(index) if c.role is RowRole.ITEM]
            if row.role is not RowRole.ITEM or not children:
                continue
            for column in amount_columns(statement, row.lane):
                total = cell(row, column)
                parts = [cell(child, column) for child in children]
                printed = [part for part in parts if part is not None]
                if total is None or not printed:
                    continue
                formula = f"{row_name(row)} = " + " + ".join(row_name(c) for c in children)
                if texts := [t for child in children for t in unread(child, [column])]:
                    reason = f"未能读出: {', '.join(texts)} was not read as a number"
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                if row.code is None and len(printed) < len(children):
                    reason = "部分下级无数: some of the parts print no figure"
                    yield unevaluable(rule, reason, formula, table=statement.block)
                    continue
                comparison = compare_sums([total], printed)
                yield judged(rule, comparison, [total], printed, formula, table=statement.block)


@rule("T04", "其中项不超过所属项")
def subsets(subject: Subject, rule: Rule) -> Iterator[Result]:
    """其中项 ≤ 所属项: a row printed as 其中 does not exceed the row it is a part of."""
    for statement in _statements(subject):
        for row in statement.rows:
            if row.role is not RowRole.SUBSET or row.parent is None:
                continue
            whole = statement.rows[row.parent]
            for column in amount_columns(statement, row.lane):
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


@rule("T05", "收入总计等于支出总计")
def balance(subject: Subject, rule: Rule) -> Iterator[Result]:
    """收入总计 = 支出总计 in tables of two sides.

    Source: 收支总表, 财政拨款收支总表, 公开01, 公开04 (财决01表: 31行 = 88行).
    """
    for statement in _statements(subject):
        if not isinstance(statement, TwoSided):
            continue
        sides = [_grand_total(statement, flow) for flow in (Flow.REVENUE, Flow.EXPENDITURE)]
        formula = "收入总计 = 支出总计"
        if any(side is None for side in sides):
            if not statement.empty:
                reason = "缺总计行: a side prints no total that was read"
                yield unevaluable(rule, reason, formula, table=statement.block)
            continue
        revenue, expenditure = [side for side in sides if side is not None]
        comparison = compare_sums([revenue], [expenditure])
        yield judged(rule, comparison, [revenue], [expenditure], formula, table=statement.block)


@rule("T06", "采购金额等于数量乘单价")
def procurement_prices(subject: Subject, rule: Rule) -> Iterator[Result]:
    """采购金额 = 数量 × 单价, within what the printed decimals of the price explain."""
    for statement, row in _procurement_rows(subject):
        if row.kind is not RowKind.ITEM or row.unit_price is None or row.quantity is None:
            continue
        quantity, price = count("数量", row.quantity), money("单价", row.unit_price)
        amount = money("金额", row.amount) if row.amount is not None else None
        if quantity is None or price is None or amount is None:
            continue
        name = row.item.text if row.item is not None else ""
        product = Operand(
            name="数量 × 单价",
            text=f"{quantity.text} × {price.text}",
            value=quantity.value * price.value,
            step=max(quantity.value * price.step, amount.step),
            anchor=price.anchor,
            doubt=quantity.doubt or price.doubt,
        )
        yield judged(
            rule,
            compare_sums([amount], [product]),
            [amount],
            [product],
            f"{name}: 金额 = 数量 × 单价",
            table=statement.block,
        )


@rule("T07", "采购小计、合计等于各项之和")
def procurement_totals(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各项 = Σ 小计; 金额 = Σ 各资金来源.

    预算资金 repeats on every row of a project and is never added. Subtotals are added only where
    none stands inside another.
    """
    for statement in subject.statements:
        if not isinstance(statement, ProcurementStatement) or statement.table is None:
            continue
        rows = statement.table.rows
        yield from _procurement_funds(rule, statement, rows)
        items = [row for row in rows if row.kind is RowKind.ITEM and row.amount is not None]
        amounts = [money(_label(r), r.amount) for r in items if r.amount is not None]
        printed = [amount for amount in amounts if amount is not None]
        for row in rows:
            if row.kind is not RowKind.TOTAL or row.amount is None or not printed:
                continue
            total = money("合计", row.amount)
            if total is not None and len(printed) == len(items):
                comparison = compare_sums([total], printed)
                yield judged(
                    rule, comparison, [total], printed, "合计 = Σ 各项", table=statement.block
                )
        subtotals = [
            money(_label(row), row.amount)
            for row in rows
            if row.kind is RowKind.SUBTOTAL and row.amount is not None
        ]
        parts = [subtotal for subtotal in subtotals if subtotal is not None]
        first = next((r for r in rows if r.kind is RowKind.TOTAL and r.amount is not None), None)
        whole = money("合计", first.amount) if first is not None and first.amount else None
        if whole is not None and len(parts) > 1 and parts and not _nested(rows):
            comparison = compare_sums([whole], parts)
            yield judged(rule, comparison, [whole], parts, "合计 = Σ 小计", table=statement.block)


@rule("T08", "绩效指标权重合计", level=Level.WARNING)
def weights(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Σ 分值 = 100, or 90 where 10 are kept for the execution rate (执行率分值10)."""
    for statement in subject.statements:
        if not isinstance(statement, PerformanceTargets) or statement.targets is None:
            continue
        scores = [
            operand
            for indicator in statement.targets.indicators
            if indicator.weight is not None
            if (operand := count("分值", indicator.weight)) is not None
        ]
        if len(scores) < 2 or len(scores) < len(statement.targets.indicators):
            continue
        total = sum((score.value for score in scores), Decimal(0))
        right = Decimal(90) if abs(total - 90) < abs(total - 100) else Decimal(100)
        whole = Operand(name="总分", text=str(right), value=right, step=Decimal(0))
        comparison = compare_sums([whole], scores)
        exact = comparison.difference == 0
        yield Result(
            rule=rule.id,
            outcome=Outcome.OK if exact else Outcome.MISMATCH,
            level=rule.level,
            formula="Σ 分值 = 100 (或 90)",
            left=(whole,),
            right=tuple(scores),
            difference=comparison.difference,
            tolerance=Decimal(0),
            table=statement.block,
        )


# -- helpers -----------------------------------------------------------------------------------


def _statements(subject: Subject) -> Iterator[Statement]:
    """The tables whose columns and rows are known."""
    for statement in subject.statements:
        if not isinstance(statement, UnknownTable | ProcurementStatement | PerformanceTargets):
            yield statement


@frozen
class _Sum:
    """A printed total with the rows that it should be the sum of, in one column of a lane."""

    total: Operand
    row: Row
    parts: tuple[Row, ...]
    column: StatementColumn


def _down(rows: Sequence[Row], column: StatementColumn) -> Iterator[_Sum]:
    """Totals of a column with the rows above them, or below a total that stands first."""
    tops = roots(rows)
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
        reason = f"未能读出: {', '.join(texts)} was not read as a number"
        yield unevaluable(rule, reason, formula, table=statement.block)
        return
    comparison = compare_sums([total], printed)
    if comparison.outcome is Outcome.MISMATCH and not _attributed(statement, sums, strict):
        reason = "行间隶属不明: neither code nor number tells which rows are parts of which"
        yield unevaluable(rule, reason, formula, table=statement.block)
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


def _grand_total(statement: TwoSided, flow: Flow) -> Operand | None:
    """The total of a side, in the first column that prints one."""
    rows = [row for row in statement.side(flow) if row.role is RowRole.TOTAL]
    for row in reversed(rows):
        for column in amount_columns(statement, row.lane):
            operand = cell(row, column)
            if operand is not None:
                return operand
    return None


def _procurement_rows(
    subject: Subject,
) -> Iterator[tuple[ProcurementStatement, ProcurementRow]]:
    for statement in subject.statements:
        if isinstance(statement, ProcurementStatement) and statement.table is not None:
            for row in statement.table.rows:
                yield statement, row


def _procurement_funds(
    rule: Rule, statement: ProcurementStatement, rows: Sequence[ProcurementRow]
) -> Iterator[Result]:
    for row in rows:
        funds = [money(fund.label, fund.amount) for fund in row.funds]
        printed = [fund for fund in funds if fund is not None]
        total = money(_label(row), row.amount) if row.amount is not None else None
        if total is None or not printed:
            continue
        formula = f"{_label(row)}: 金额 = " + " + ".join(fund.name for fund in printed)
        yield judged(
            rule, compare_sums([total], printed), [total], printed, formula, table=statement.block
        )


def _nested(rows: Sequence[ProcurementRow]) -> bool:
    """Whether subtotals stand inside other subtotals (category over project over item)."""
    kinds = [row.kind for row in rows]
    return any(a is RowKind.SUBTOTAL and b is RowKind.SUBTOTAL for a, b in pairwise(kinds))


def _label(row: ProcurementRow) -> str:
    quote = row.item if row.kind is RowKind.ITEM else row.label
    return quote.text if quote is not None else ""


def _last(column: StatementColumn) -> str:
    return column.path[-1] if column.path else "?"
