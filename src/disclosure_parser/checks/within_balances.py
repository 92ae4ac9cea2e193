"""Rules within one table 表内勾稽: economic classes, and balances carried over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import evolve

from disclosure_parser.catalogue.concepts import concept_name, find_concept
from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import Sheet, row_name
from disclosure_parser.document import fold_text
from disclosure_parser.statements import (
    BasicExpenditure,
    FiscalAppropriationSummary,
    RowRole,
)

_SINCE = 2018
#: Classes 类 of the economic classification by what they pay for.
_ECONOMIC = {
    "expenditure.personnel": ("301", "303"),
    "expenditure.public": ("302", "307", "309", "310", "311", "312", "399"),
}
_FUNDS = ("general_budget", "government_fund", "state_capital")


@rule(
    "T09",
    "人员经费与公用经费按经济分类划分",
    "Personnel and public costs follow the economic classes",
    level=Level.WARNING,
)
def economic_classes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """人员经费 = 301 + 303, 公用经费 = 302 + 310 (+ 307, 309 … 399), class by class.

    Source: 支出经济分类科目 since 2018; 一般公共预算基本支出表, 公开06表. Some places count
    single items otherwise (30239 as 人员经费), so that a difference is a warning.
    """
    for sheet in subject.sheets:
        statement = sheet.statement
        if not isinstance(statement, BasicExpenditure) or (statement.year or 0) < _SINCE:
            continue
        for concept, classes in _ECONOMIC.items():
            yield from _economic_column(rule, sheet, concept, classes)
            yield from _economic_total(rule, sheet, concept, classes)


@rule("T10", "年末结转等于年初结转加收入减支出", "Closing balance is opening plus in less out")
def fund_carried(subject: Subject, rule: Rule) -> Iterator[Result]:
    """年末结转和结余 = 年初结转和结余 + 本年收入 − 本年支出, row by row and fund by fund.

    Source: 公开08, 公开09 (by columns); 公开04, each fund (年初, 收入, 支出 and 年末 of
    一般公共预算, 政府性基金, 国有资本经营). Final accounts of every template.
    """
    for sheet in subject.sheets:
        yield from _carried_by_columns(rule, sheet)
        if isinstance(sheet.statement, FiscalAppropriationSummary):
            yield from _carried_by_rows(rule, sheet)


# -- helpers -----------------------------------------------------------------------------------


def _economic_column(
    rule: Rule, sheet: Sheet, concept: str, classes: Sequence[str]
) -> Iterator[Result]:
    """Where the table has a column for the kind of cost: classes of it stand there in full."""
    if not sheet.statement.columns_of(concept):
        return
    for code in classes:
        for row in sheet.by_code.get(code, ()):
            total, part = sheet.amount(row), sheet.amount(row, concept)
            if total is None or (part is None and not total.value):
                continue
            formula = f"{code}: {row_name(row)} = {concept_name(concept)}"
            if part is None:
                part = evolve(total, name=concept_name(concept), text="", value=Decimal(0))
            comparison = compare_sums([total], [part])
            yield judged(rule, comparison, [total], [part], formula, table=sheet.block)


def _economic_total(
    rule: Rule, sheet: Sheet, concept: str, classes: Sequence[str]
) -> Iterator[Result]:
    """Where the table has a total row for the kind of cost: it is the sum of the classes."""
    parts = [
        operand
        for code in classes
        for row in sheet.by_code.get(code, ())
        if (operand := sheet.amount(row)) is not None
    ]
    for row in sheet.statement.rows:
        if row.concept != concept or row.role is RowRole.ITEM or not parts:
            continue
        total = sheet.amount(row)
        if total is not None:
            formula = f"{row_name(row)} = " + " + ".join(operand.name for operand in parts)
            comparison = compare_sums([total], parts)
            yield judged(rule, comparison, [total], parts, formula, table=sheet.block)


def _carried_by_columns(rule: Rule, sheet: Sheet) -> Iterator[Result]:
    """The columns 年初, 本年收入, 本年支出 and 年末 of one row."""
    statement = sheet.statement
    if not (statement.columns_of("opening") and statement.columns_of("closing")):
        return
    for row in statement.rows:
        found = [sheet.amount(row, meaning) for meaning in ("opening", "closing")]
        flows = [
            next((o for m in names if (o := sheet.amount(row, m)) is not None), None)
            for names in (("revenue.current", "revenue.total"), ("expenditure.current", "total"))
        ]
        yield from _carried(rule, sheet, row_name(row), (found[0], *flows, found[1]))


def _carried_by_rows(rule: Rule, sheet: Sheet) -> Iterator[Result]:
    """The rows of one fund in 公开04: 年初 and 收入 on the left, 支出 and 年末 on the right."""
    statement = sheet.statement
    for fund in _FUNDS:
        meaning = f"expenditure.{fund}"
        if not statement.columns_of(meaning):
            continue
        spent = closing = None
        for row in statement.rows:
            if row.concept == "expenditure.current":
                spent = spent or sheet.amount(row, meaning)
            if row.concept == "expenditure.carry_forward":
                closing = closing or sheet.amount(row, meaning)
        received = _first(sheet, f"revenue.{fund}")
        opening = _opening(sheet, fund)
        yield from _carried(rule, sheet, fund, (opening, received, spent, closing))


def _opening(sheet: Sheet, fund: str) -> Operand | None:
    """The opening balance of a fund: the row of its name under 年初财政拨款结转和结余."""
    rows = sheet.statement.rows
    for index, row in enumerate(rows):
        if row.concept != "revenue.carryover":
            continue
        for child in sheet.children.get(index, ()):
            if (
                child.name is not None
                and find_concept(fold_text(child.name.text), flow="revenue") == f"revenue.{fund}"
            ):
                return sheet.amount(child)
    return None


def _first(sheet: Sheet, concept: str) -> Operand | None:
    rows = (r for r in sheet.statement.rows if r.concept == concept and r.parent is None)
    found = (sheet.amount(row) for row in rows)
    return next((operand for operand in found if operand is not None), None)


def _carried(
    rule: Rule, sheet: Sheet, name: str, balance: Sequence[Operand | None]
) -> Iterator[Result]:
    """Compare opening + received − spent with closing; a blank one counts as none if one closes.

    Blank is not zero: only where the printed figures alone do not close is it said which are
    missing.
    """
    opening, received, spent, closing = balance
    printed = [operand for operand in balance if operand is not None and operand.value]
    if len(printed) < 2:
        return
    formula = f"{name}: 年初 + 收入 − 支出 = 年末"
    left = [operand for operand in (closing,) if operand is not None]
    right = [(o, sign) for o, sign in ((opening, 1), (received, 1), (spent, -1)) if o is not None]
    nothing = Operand(name="年末", text="", value=Decimal(0), step=Decimal(0))
    comparison = compare_sums(left or [nothing], [o for o, _ in right], [s for _, s in right])
    if comparison.outcome is Outcome.MISMATCH and any(operand is None for operand in balance):
        names = ("年初结转和结余", "收入", "支出", "年末结转和结余")
        what = "、".join(n for n, o in zip(names, balance, strict=True) if o is None)
        reason = say("operand_missing", what=what)
        yield unevaluable(rule, reason, formula, table=sheet.block)
        return
    yield judged(
        rule, comparison, left or [nothing], [o for o, _ in right], formula, table=sheet.block
    )
