"""Rules across reports 跨报告勾稽: years, budget and final accounts, department and units.

Figures are compared only of one agency (or of a department and its units), of one concept and
one kind: 预算数 with 预算数, 决算数 with 决算数. A prior figure follows from this year's and its
change.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from disclosure_parser.checks.comparable import PRIOR, agreed, before
from disclosure_parser.checks.compare import compare_most, compare_sums
from disclosure_parser.checks.lines import NAMED_ONCE, Node, money, signed
from disclosure_parser.checks.model import Level, Operand, Result
from disclosure_parser.checks.registry import Rule, pair_rule
from disclosure_parser.checks.results import judged
from disclosure_parser.checks.subject import Subject
from disclosure_parser.identity import Identity, ReportKind, Scope
from disclosure_parser.language.values import Phase

#: Concepts whose figures are comparable between reports: one total for one agency and year.
_COMPARED = (
    *NAMED_ONCE,
    "expenditure.general_budget",
    "expenditure.fiscal_appropriation",
    "balance.total",
    "balance.fiscal_appropriation",
)


@pair_rule(
    "A01",
    "决算报告的预算数等于预算报告的数",
    "The accounts quote the published budget",
    level=Level.WARNING,
)
def budget_and_final(
    budget: Subject, final: Subject, rule: Rule, index: tuple[int, int]
) -> Iterator[Result]:
    """决算报告 年初预算数(y) = 预算报告 预算数(y), one agency, one concept.

    Source: 部门决算 prints the opening budget that was published. A budget adjusted in the year
    (全年预算) is another figure and is not compared.
    """
    a, b = budget.report.identity, final.report.identity
    if (a.kind, b.kind) != (ReportKind.BUDGET, ReportKind.FINAL) or not _same_agency(a, b):
        return
    if a.fiscal_year is None or a.fiscal_year != b.fiscal_year:
        return
    for concept in _COMPARED:
        planned = _figure(budget, concept, Phase.APPROVED, a.fiscal_year)
        quoted = _figure(final, concept, Phase.APPROVED, b.fiscal_year)
        if planned is not None and quoted is not None:
            yield _pair(rule, quoted, planned, (index[1], index[0]), "决算报告预算数 = 预算报告数")


@pair_rule(
    "A02",
    "上年数等于上年报告的数",
    "The prior figure is that of last year's report",
    level=Level.WARNING,
)
def comparatives(
    last: Subject, this: Subject, rule: Rule, index: tuple[int, int]
) -> Iterator[Result]:
    """本年数 − 增减额 (y) = 上年报告的数 (y − 1).

    Source: the meaning of 上年数. Where the base names its kind (上年预算数, 上年决算数); 上年
    alone may be any of them.
    """
    a, b = last.report.identity, this.report.identity
    if a.fiscal_year is None or b.fiscal_year is None or not _same_agency(a, b):
        return
    if a.fiscal_year != b.fiscal_year - 1:
        return
    for node in (n for concept in _COMPARED for n in this.by_concept.get(concept, ())):
        for change in node.line.changes:
            kind, phase = PRIOR.get(change.base, (None, None)) if change.base else (None, None)
            prior = _prior(node, this)
            if kind is None or kind is not a.kind or prior is None:
                continue
            printed = _figure(last, node.line.concept, phase, a.fiscal_year)
            if printed is not None:
                formula = f"{node.name}: 本年数 − 增减额 = 上年报告数"
                yield _pair(rule, prior, printed, (index[1], index[0]), formula)


@pair_rule(
    "A03",
    "年初结转等于上年年末结转",
    "The opening balance is last year's closing balance",
    level=Level.WARNING,
)
def carry_over(
    last: Subject, this: Subject, rule: Rule, index: tuple[int, int]
) -> Iterator[Result]:
    """年初结转和结余(y) = 年末结转和结余(y − 1) in the final accounts of two years.

    Source: 部门决算 (公开01, 公开04). Audit adjustments of the opening balance are possible, so a
    difference is a question.
    """
    a, b = last.report.identity, this.report.identity
    if (a.kind, b.kind) != (ReportKind.FINAL, ReportKind.FINAL) or not _same_agency(a, b):
        return
    if a.fiscal_year is None or b.fiscal_year is None or a.fiscal_year != b.fiscal_year - 1:
        return
    closing = _figure(last, "expenditure.carry_forward", Phase.EXECUTED, a.fiscal_year)
    opening = _figure(this, "revenue.carryover", Phase.EXECUTED, b.fiscal_year)
    if closing is not None and opening is not None:
        formula = "年初结转和结余 = 上年年末结转和结余"
        yield _pair(rule, opening, closing, (index[1], index[0]), formula)


@pair_rule(
    "A04", "单位数不大于部门数", "A unit does not exceed its department", level=Level.WARNING
)
def department_and_unit(
    department: Subject, unit: Subject, rule: Rule, index: tuple[int, int]
) -> Iterator[Result]:
    """单位数 ≤ 部门数: a unit's own figure is part of its department's, year and kind alike.

    Source: a department's report adds up its units (部门汇总). A unit belongs to a department of
    the same name (本级) or whose report lists it.
    """
    a, b = department.report.identity, unit.report.identity
    if a.scope is not Scope.DEPARTMENT or b.scope not in (Scope.UNIT, Scope.OWN_LEVEL):
        return
    if (a.fiscal_year, a.kind) != (b.fiscal_year, b.kind) or not _belongs(department, b):
        return
    phase = Phase.EXECUTED if a.kind is ReportKind.FINAL else Phase.APPROVED
    for concept in _COMPARED:
        whole = _figure(department, concept, phase, a.fiscal_year)
        part = _figure(unit, concept, phase, b.fiscal_year)
        if whole is None or part is None:
            continue
        part, whole = evolve(part, report=index[1]), evolve(whole, report=index[0])
        formula = f"单位{part.name} ≤ 部门{whole.name}"
        yield judged(rule, compare_most(part, whole), [part], [whole], formula)


# -- parts -------------------------------------------------------------------------------------


def _pair(
    rule: Rule, left: Operand, right: Operand, reports: tuple[int, int], formula: str
) -> Result:
    left, right = evolve(left, report=reports[0]), evolve(right, report=reports[1])
    return judged(rule, compare_sums([left], [right]), [left], [right], formula)


def _same_agency(a: Identity, b: Identity) -> bool:
    """Whether two reports are of one agency in one scope; a renamed agency is another name."""
    return a.agency is not None and a.agency == b.agency and a.scope is b.scope


def _belongs(department: Subject, unit: Identity) -> bool:
    name = unit.agency
    if name is None:
        return False
    if name == department.report.identity.agency:
        return True
    blocks = department.report.document.blocks
    return any(name in getattr(block, "text", "") for block in blocks[:200])


def _figure(
    subject: Subject, concept: str, phase: Phase | None, year: int | None
) -> Operand | None:
    """The figure of a concept that a report prints; none where two different ones are printed."""
    found: list[Operand] = []
    for node in subject.by_concept.get(concept, ()):
        for phased in node.line.amounts:
            own = phased.year if phased.year is not None else node.line.year
            operand = money(node.name, phased.amount)
            if operand is not None and own == year and (phased.phase or subject.own_phase) is phase:
                found.append(operand)
    for printed in subject.figures.get(concept, phase, year) if phase is not None else ():
        found.append(printed.operand)
    return agreed(found)


def _prior(node: Node, subject: Subject) -> Operand | None:
    """The figure of the year before, from this year's and its change."""
    final = subject.report.identity.kind is ReportKind.FINAL
    phased = (node.amount(Phase.EXECUTED) if final else None) or node.amount()
    change = node.line.change
    if phased is None or change is None:
        return None
    current, delta = money(node.name, phased.amount), signed(node.name, change)
    if current is None or delta is None:
        return None
    return before(current, delta)
