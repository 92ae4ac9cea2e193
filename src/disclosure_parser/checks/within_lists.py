"""Rules within procurement and performance tables 采购、绩效表内勾稽."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from attrs import evolve

from disclosure_parser.checks.compare import compare_percent, compare_product, compare_sums
from disclosure_parser.checks.lines import count, money, percentage
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import Quantity
from disclosure_parser.sections.procurement import ProcurementRow, RowKind
from disclosure_parser.statements import PerformanceTargets, ProcurementStatement


@rule("T06", "采购金额等于数量乘单价", "A purchase is quantity times price")
def procurement_prices(subject: Subject, rule: Rule) -> Iterator[Result]:
    """采购金额 = 数量 × 单价, within what the printed decimals of the price explain.

    Source: 政府采购预算表 with 数量 and 单价 (河北 and others). Rows without a count are not
    judged.
    """
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
            compare_product(amount, quantity.value, price),
            [amount],
            [product],
            f"{name}: 金额 = 数量 × 单价",
            table=statement.block,
            tail=False,
        )


@rule("T07", "采购小计、合计等于各项之和", "Subtotals and total of purchases are sums")
def procurement_totals(subject: Subject, rule: Rule) -> Iterator[Result]:
    """合计 = Σ 各项 = Σ 小计; 小计 = Σ 其下各项; 金额 = Σ 各资金来源.

    Source: 政府采购预算表 (河北, 江苏 and others). 预算资金 repeats on every row of a project and
    is never added. Subtotals are added only where none stands inside another.
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
        if _nested(rows):
            continue
        yield from _subtotals(rule, statement, rows)
        if whole is not None and len(parts) > 1:
            comparison = compare_sums([whole], parts)
            yield judged(rule, comparison, [whole], parts, "合计 = Σ 小计", table=statement.block)


@rule("T08", "绩效指标分值合计", "The scores of indicators add up", level=Level.WARNING)
def weights(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Σ 分值 = 100, or 90 where 10 are kept for the execution rate (执行率分值10).

    Source: 项目支出绩效目标表 with 分值 (central form). Judged where every indicator has a score.
    """
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
        if abs(total - right) > right / 2:
            # A form cut at a page end: only some of its indicators stand in this table.
            reason = say("may_be_incomplete")
            yield unevaluable(rule, reason, "Σ 分值 = 100 (或 90)", table=statement.block)
            continue
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


@rule("T13", "自评得分合计等于总分", "The scores of a self-evaluation add up", level=Level.WARNING)
def scores(subject: Subject, rule: Rule) -> Iterator[Result]:
    """总分 = Σ 指标得分 + 执行率得分; Σ 指标分值 + 执行率分值 = 总分的分值.

    Source: 项目支出绩效自评表 (central form). Judged where every indicator has a score and the form
    prints 总分.
    """
    for statement in subject.statements:
        table = statement.targets if isinstance(statement, PerformanceTargets) else None
        if table is None or table.total is None:
            continue
        for name, field in (("得分", "score"), ("分值", "weight")):
            whole = _score(f"总分: {name}", getattr(table.total, field), exact=False)
            parts = [
                _score(f"{quote.text if quote else ''}: {name}", getattr(one, field))
                for quote, one in (
                    *((one.level3 or one.level2, one) for one in table.indicators),
                    # Only the whole funding has a score, its parts have dashes.
                    *((one.label, one) for one in table.funding if _score("", one.score)),
                )
            ]
            known = [part for part in parts if part is not None]
            if whole is None or not known or len(known) < len(parts):
                continue
            comparison = compare_sums([whole], known)
            formula = f"总分 = Σ {len(known)}项{name}"
            yield judged(
                rule,
                comparison,
                [whole],
                known,
                formula,
                table=statement.block,
                unit="分",
                tail=False,
            )


@rule("T14", "自评执行率等于执行数除以全年预算数", "The execution rate follows from its amounts")
def execution_rates(subject: Subject, rule: Rule) -> Iterator[Result]:
    """执行率 = 全年执行数 ÷ 全年预算数 × 100, row by row of the funding.

    Source: 项目支出绩效自评表 (central form): 执行率 (B/A). Without a column of 全年预算数 the
    rate is that of 年初预算数.
    """
    for statement in subject.statements:
        table = statement.targets if isinstance(statement, PerformanceTargets) else None
        for row in table.funding if table is not None else ():
            budget = row.adjusted or row.initial
            if row.execution_rate is None or row.executed is None or budget is None:
                continue
            rate = percentage("执行率", row.execution_rate)
            done, planned = money("全年执行数", row.executed), money("预算数", budget)
            if rate is None or done is None or planned is None:
                continue
            comparison = compare_percent(rate, done, planned)
            if comparison is not None:
                formula = f"{row.label.text}: 执行率 = 执行数 ÷ 预算数"
                yield judged(
                    rule,
                    comparison,
                    [rate],
                    [done, planned],
                    formula,
                    table=statement.block,
                    unit="%",
                    tail=False,
                )


# -- helpers -----------------------------------------------------------------------------------


def _score(name: str, quantity: Quantity | None, *, exact: bool = True) -> Operand | None:
    """A score as an operand; only a sum of scores may be rounded, to its last digit."""
    operand = count(name, quantity) if quantity is not None else None
    if operand is None or quantity is None:
        return None
    step = Decimal(0) if exact else Decimal(1).scaleb(-(quantity.decimals or 0))
    return evolve(operand, step=step)


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


def _subtotals(
    rule: Rule, statement: ProcurementStatement, rows: Sequence[ProcurementRow]
) -> Iterator[Result]:
    """Compare each X小计 with the items below it, up to the next subtotal."""
    groups: list[tuple[ProcurementRow, list[ProcurementRow]]] = []
    for row in rows:
        if row.kind is RowKind.SUBTOTAL:
            groups.append((row, []))
        elif row.kind is RowKind.ITEM and groups:
            groups[-1][1].append(row)
    for subtotal, items in groups:
        whole = money(_label(subtotal), subtotal.amount) if subtotal.amount else None
        printed = [money(_label(item), item.amount) for item in items if item.amount is not None]
        parts = [part for part in printed if part is not None]
        if whole is None or not parts or len(parts) < len(items):
            continue
        formula = f"{_label(subtotal)} = Σ {len(parts)}项"
        comparison = compare_sums([whole], parts)
        yield judged(rule, comparison, [whole], parts, formula, table=statement.block)


def _nested(rows: Sequence[ProcurementRow]) -> bool:
    """Whether subtotals stand inside other subtotals (category over project over item)."""
    kinds = [row.kind for row in rows]
    return any(a is RowKind.SUBTOTAL and b is RowKind.SUBTOTAL for a, b in pairwise(kinds))


def _label(row: ProcurementRow) -> str:
    quote = row.item if row.kind is RowKind.ITEM else row.label
    return quote.text if quote is not None else ""
