"""Rules of parts 部分不大于整体: a part printed in one statement, the whole in another."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure_parser.catalogue.codes import Agreement
from disclosure_parser.checks.compare import compare_most
from disclosure_parser.checks.lines import money
from disclosure_parser.checks.model import Level, Operand, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged
from disclosure_parser.checks.subject import Subject
from disclosure_parser.language.values import Phase
from disclosure_parser.statements import BasicExpenditure

#: Economic items of basic expenditure 部门预算支出经济分类 and the thing they are a part of.
_ITEMS = {
    "30212": "three_public.overseas",
    "30217": "three_public.reception",
    "30231": "three_public.vehicle_operation",
    "31013": "three_public.vehicle_purchase",
}


@rule(
    "P01",
    "基本支出中的“三公”科目不大于“三公”经费",
    "Economic items do not exceed the three expenses",
)
def economic_items(subject: Subject, rule: Rule) -> Iterator[Result]:
    """30212 ≤ 因公出国（境）费, 30217 ≤ 公务接待费, 30231 ≤ 公务用车运行维护费, 31013 ≤ 购置费.

    Source: 支出经济分类科目 and “三公”经费支出表 (B10). Basic expenditure is a part: projects pay
    for the same things. Both of one phase and year. Holds from 2018, when the codes got their
    present meaning.
    """
    for sheet in subject.sheets:
        statement = sheet.statement
        if not isinstance(statement, BasicExpenditure) or (statement.year or 0) < 2018:
            continue
        for row in statement.rows:
            code = row.code
            # A code beside the name of another one is C01; which of the two is meant is not known.
            named = code is not None and code.agreement in (Agreement.SAME, Agreement.VARIANT)
            concept = _ITEMS.get(code.code) if code is not None and named else None
            part = sheet.amount(row)
            if concept is None or part is None:
                continue
            for printed in subject.figures.get(concept, statement.phase, statement.year):
                whole = printed.operand
                formula = f"{part.name} ≤ {whole.name}"
                comparison = compare_most(part, whole)
                yield judged(rule, comparison, [part], [whole], formula, table=statement.block)


@rule("P02", "机关运行经费与公用经费", "Operating funds against public costs", level=Level.NOTE)
def operating_funds(subject: Subject, rule: Rule) -> Iterator[Result]:
    """机关运行经费 ≤ 公用经费, where the template defines it so (B11).

    Source: 财政部's definition of 机关运行经费 (公用经费 of administrative and 参公 units).
    Several templates count project money in (根据统一口径), so a larger figure is only a note;
    equality does not hold by design.
    """
    year = subject.report.identity.fiscal_year
    for node in subject.by_concept.get("operating_funds.total", ()):
        if node.line.amount is None:
            continue
        part = money(node.name, node.line.amount)
        phased = node.amount()
        if part is None or phased is None:
            continue
        for whole in _public(subject, year, phased.phase):
            formula = f"{part.name} ≤ {whole.name}"
            yield judged(
                rule,
                compare_most(part, whole),
                [part],
                [whole],
                formula,
                section=node.section,
            )
            break


def _public(subject: Subject, year: int | None, phase: Phase | None) -> Iterator[Operand]:
    figures = subject.figures.of_concept("expenditure.public")
    for (printed_phase, printed_year), found in figures.items():
        if printed_year == year and (phase is None or printed_phase is phase):
            for printed in found:
                if isinstance(printed.statement, BasicExpenditure):
                    yield printed.operand
