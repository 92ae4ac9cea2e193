"""Rules of identity 身份一致: year, agency and kind are the same wherever they are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from disclosure_parser.checks.lines import Node
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Outcome, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark, unevaluable
from disclosure_parser.checks.subject import Subject
from disclosure_parser.checks.tables import max_amount, title_of
from disclosure_parser.document import Diagnostic, Paragraph, fold_text
from disclosure_parser.identity import ReportKind, Scope
from disclosure_parser.language.values import Change, Unit
from disclosure_parser.statements import (
    AssetHoldings,
    ExpenditureStatement,
    FiscalAppropriationExpenditure,
    FiscalAppropriationSummary,
    GeneralBudgetExpenditure,
    RevenueExpenditureSummary,
    RevenueStatement,
    ThreePublicStatement,
)

#: The tables that hold the whole of a budget or of a fund.
_LARGE = (
    RevenueExpenditureSummary,
    RevenueStatement,
    ExpenditureStatement,
    FiscalAppropriationSummary,
    FiscalAppropriationExpenditure,
    GeneralBudgetExpenditure,
)
#: A table whose largest amount is so many times that of any other is of another unit.
_TIMES = 50
#: Tables in 元 whose largest amount is below this, printed with decimals, are in 万元.
_FLOOR, _FLOOR_TOPIC = Decimal(10_000), Decimal(100)
#: So many figures in 万元 make that the usual unit of a report.
_USUAL = 3
#: What a report states one figure of, for its year.
_TOPICS = (
    "balance.total",
    "revenue.total",
    "expenditure.total",
    "revenue.current",
    "expenditure.current",
    "balance.fiscal_appropriation",
    "expenditure.general_budget",
    "three_public.total",
    "operating_funds.total",
    "procurement.total",
)
_AGENCY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,24}?(?:委员会|办公室|管理局|局|厅|法院|检察院|医院|学院|大学|中学|小学|学校|馆|协会"
    r"|联合会|街道办事处|镇人民政府|乡人民政府|中心|支队|总队))(?=$|[本20(（“\"]|机关|部门|单位|一般|政府|财政|三公|收|支|预|决|年)"
)
_OWN = re.compile("^(?:本|我|该|全|各|其他|区|县|市|省)(?:局|委|厅|部门|单位|校|院|馆|镇|街道|办)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_WORDS = re.compile(r"^(?:(?:19|20)\d\d年(?:度)?|[一二三四五六七八九十]+、|关于)+")
_BUDGET_TABLE = re.compile(r"预算表|预算总表|预算收支")


@rule("I01", "标题、表头与报告年度一致", "Titles and captions are of the year", level=Level.WARNING)
def years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """标题、表头年度 = 报告年度: the year in headings and table titles is that of the report.

    Source: 财预〔2016〕143号 (one report for one fiscal year). Every template.
    A title that compares two years (执行情况与…草案) names both by right.
    """
    yield from _told(subject, rule, "identity.year_conflict", "年度一致", "foreign_year")


@rule("I02", "表头、文字与报告单位一致", "Captions are of the agency", level=Level.WARNING)
def agencies(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表头单位 = 报告单位: the agency in captions, headings and announcing sentence is one.

    Source: 财预〔2016〕143号 (every 部门 and 单位 discloses its own). Every template.
    A name that contains the other (a department and its office) is the same.
    """
    yield from _told(subject, rule, "identity.agency_conflict", "单位一致", "foreign_agency")


@rule("I03", "比较基数的年度早于本年度", "A base is of an earlier year")
def base_years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """比较年度 < 本年度: 比2026年预算 in a budget for 2026 is a slip.

    Source: the meaning of a comparison with 上年. Every template.
    For bases whose year is printed; 年初预算 and 全年预算 of the same year are no earlier base.
    """
    fiscal = subject.report.identity.fiscal_year
    for node in subject.nodes:
        for change in node.line.changes:
            printed = _printed_year(change)
            if printed is None or change.base is None or not change.base.value.startswith("prior"):
                continue
            if fiscal is None:
                yield unevaluable(
                    rule, say("year_unknown"), "比较年度 < 本年度", section=node.section
                )
                continue
            yield remark(
                rule,
                wrong=printed >= fiscal,
                formula=f"{node.name}: 比较年度 {printed} < 本年度 {fiscal}",
                anchor=change.base_text.anchor if change.base_text is not None else change.anchor,
                printed=change.base_text.text if change.base_text is not None else "",
                message=say("year_not_earlier", printed=printed, fiscal=fiscal),
                section=node.section,
            )


@rule("I04", "预算、决算名称不混用", "Budget and final accounts are not mixed", level=Level.WARNING)
def kinds(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表名种类 = 报告种类: tables of final accounts are titled 决算, those of a budget are not.

    Source: 部门预算公开 and 部门决算公开 forms. Every template.
    …预算财政拨款收入支出决算表 names a fund, not the kind. A government's report holds both.
    """
    identity = subject.report.identity
    if identity.kind is None or identity.scope is Scope.GOVERNMENT:
        return
    for statement in subject.statements:
        if statement.title is None:
            continue
        title = fold_text(statement.title.text)
        final = "决算" in title
        wrong = (
            final
            if identity.kind is ReportKind.BUDGET
            else not final and _BUDGET_TABLE.search(title) is not None
        )
        yield remark(
            rule,
            wrong=wrong,
            formula=f"《{statement.title.text}》与报告种类一致",
            anchor=statement.title.anchor,
            printed=statement.title.text,
            message=say("wrong_kind"),
            table=statement.block,
        )


@rule("I05", "各事项陈述本年度数", "A topic states the year's own figure", level=Level.WARNING)
def topic_years(subject: Subject, rule: Rule) -> Iterator[Result]:
    """事项年度 = 报告年度: 收入, 支出, 机关运行经费, “三公”, 采购 are stated for the report's year.

    2023年机关运行经费 in a budget for 2024 that states none for 2024 is a slip; a figure of last
    year beside this year's is not. Source: 财预〔2016〕143号. Every template.
    """
    fiscal = subject.report.identity.fiscal_year
    if fiscal is None:
        yield unevaluable(rule, say("year_unknown"))
        return
    for concept in _TOPICS:
        nodes = [n for n in subject.by_concept.get(concept, ()) if n.line.amounts]
        dated = [node for node in nodes if _years(node)]
        if not dated:
            continue
        own = [n for n in nodes if not _years(n) or fiscal in _years(n)]
        first = dated[0]
        yield remark(
            rule,
            wrong=not own,
            formula=f"{first.name}: {'、'.join(map(str, sorted(_years(first))))}年 = {fiscal}年",
            anchor=first.line.label.anchor,
            printed=first.line.label.text,
            message=say("foreign_year", what=first.name),
            section=first.section,
        )


@rule(
    "I06", "文中单位与报告单位一致", "Sentences speak of the report's agency", level=Level.WARNING
)
def named_agencies(subject: Subject, rule: Rule) -> Iterator[Result]:
    """主语单位 = 报告单位: the agency before 收入, 支出, 机关运行经费, “三公” … is the report's
    own.

    A short form (省档案馆), a unit that the report lists, and a name that contains the report's
    are the same. Source: 财预〔2016〕143号. Every template.
    """
    agency = subject.report.identity.agency
    if agency is None:
        yield unevaluable(rule, say("identity_unknown"))
        return
    if subject.is_government:
        return
    mentioned: dict[str, int] | None = None
    for concept in _TOPICS:
        for node in subject.by_concept.get(concept, ()):
            name = _agency_in(node.name)
            if name is None or not node.line.amounts:
                continue
            wrong = not _same_name(name, agency)
            if wrong:
                mentioned = mentioned if mentioned is not None else _mentions(subject)
                wrong = mentioned.get(name, 0) <= 1 and not _listed(subject, name)
            yield remark(
                rule,
                wrong=wrong,
                formula=f"{name} = {agency}",
                anchor=node.line.label.anchor,
                printed=node.line.label.text,
                message=say("foreign_agency", what=name),
                section=node.section,
            )


@rule("I07", "各表标明金额单位", "Every table states its unit", level=Level.NOTE)
def units(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表中有金额 ⇒ 标明金额单位: 元 or 万元 in the caption, the header or the cells of a table.

    Source: 部门预决算公开 forms (单位：万元). Every template. A unit that contradicts other tables
    shows itself in Z01 and X01 as a power of ten.
    """
    for statement in subject.statements:
        amounts = [v.amount for row in statement.rows for v in row.values if v.amount is not None]
        numbers = [a for a in amounts if a.number is not None]
        if statement.empty or not numbers:
            continue
        anchor = statement.title.anchor if statement.title is not None else numbers[0].anchor
        missing = all(amount.unit is None for amount in numbers)
        yield remark(
            rule,
            wrong=missing,
            formula=f"《{title_of(statement)}》标明金额单位",
            anchor=anchor,
            message=say("not_published", what="金额单位"),
            table=statement.block,
        )


@rule("I08", "金额量级相称", "Amounts are of one order of magnitude", level=Level.WARNING)
def magnitudes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """表中合计 ≤ 50 × 其他各表最大合计; 以元计的表、句不小于应有量级: 元 and 万元 are not confused.

    Source: identities are scale-free, so that a wrong unit closes; what stands beside it tells.
    Every template but a government's report.
    """
    if subject.is_government:
        return
    largest = [(max_amount(sheet.statement), sheet.statement) for sheet in subject.sheets]
    known = [(o, s) for o, s in largest if o is not None and not isinstance(s, AssetHoldings)]
    for operand, statement in known:
        others = [o.value for o, s in known if s is not statement and isinstance(s, _LARGE)]
        if statement.unit is None or not others or not max(others):
            continue
        yuan = statement.unit is Unit.YUAN
        floor = _FLOOR_TOPIC if isinstance(statement, ThreePublicStatement) else _FLOOR
        small = yuan and 0 < operand.value < floor and "." in operand.text
        wrong = small or operand.value > _TIMES * max(others)
        yield evolve(
            remark(
                rule,
                wrong=wrong,
                formula=f"《{title_of(statement)}》以{statement.unit.value}计",
                anchor=statement.unit_quote.anchor if statement.unit_quote else operand.anchor,
                message=say("unit_odd"),
                table=statement.block,
            ),
            left=(operand,),
        )
    yield from _odd_sentences(subject, rule)


# -- parts -------------------------------------------------------------------------------------


def _told(subject: Subject, rule: Rule, code: str, formula: str, message: str) -> Iterator[Result]:
    """What the reading of the identity found to disagree."""
    identity = subject.report.identity
    if identity.agency is None and identity.fiscal_year is None:
        yield unevaluable(rule, say("identity_unknown"), formula)
        return
    if subject.is_government:
        # Its report on last year's execution stands beside the draft of the new budget.
        yield unevaluable(rule, say("many_levels"), formula)
        return
    conflicts = [d for d in subject.report.diagnostics if d.code == code and not _is_note(d)]
    for conflict in conflicts:
        text = subject.report.text_of(conflict.anchor) if conflict.anchor is not None else ""
        yield remark(
            rule,
            wrong=True,
            formula=formula,
            anchor=conflict.anchor,
            printed=text,
            message=say(message, what=text or conflict.message),
        )
    if not conflicts:
        yield Result(rule=rule.id, outcome=Outcome.OK, level=rule.level, formula=formula)


def _odd_sentences(subject: Subject, rule: Rule) -> Iterator[Result]:
    """Figures of a few 元 among figures in 万元."""
    stated = [
        (node, phased.amount)
        for node in subject.nodes
        if node.line.concept and not node.line.concept.startswith("three_public.reception_")
        for phased in node.line.amounts
        if phased.amount.yuan is not None and phased.amount.unit is not None
    ]
    yield from _odd_changes(subject, rule)
    usual = sum(amount.unit is Unit.TEN_THOUSAND for _, amount in stated)
    for node, amount in stated:
        if amount.unit is not Unit.YUAN or not amount.yuan or usual < _USUAL:
            continue
        yield remark(
            rule,
            wrong=abs(amount.yuan) < _FLOOR,
            formula=f"{node.name}以元计",
            anchor=amount.anchor,
            printed=amount.text,
            message=say("unit_odd"),
            section=node.section,
        )


def _odd_changes(subject: Subject, rule: Rule) -> Iterator[Result]:
    """A figure in 元 beside its change in 万元, or the other way round, out of proportion."""
    for node in subject.nodes:
        own = node.line.amount
        change = node.line.change
        delta = change.amount if change is not None else None
        if own is None or delta is None or not own.yuan or not delta.yuan or not node.line.concept:
            continue
        if {own.unit, delta.unit} != {Unit.YUAN, Unit.TEN_THOUSAND}:
            continue
        small, large = sorted((abs(own.yuan), abs(delta.yuan)))
        yield remark(
            rule,
            # A small change of a large figure is none of a kind only where it is a few 元.
            wrong=small < _FLOOR and large > _TIMES * small,
            formula=f"{node.name}与其增减额同以元或万元计",
            anchor=own.anchor if own.unit is Unit.YUAN else delta.anchor,
            printed=own.text if own.unit is Unit.YUAN else delta.text,
            message=say("unit_odd"),
            section=node.section,
        )


def _is_note(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity.value == "note"


def _printed_year(change: Change) -> int | None:
    match = _YEAR.search(change.base_text.text) if change.base_text is not None else None
    return int(match.group(1)) if match else None


def _years(node: Node) -> set[int]:
    """The years of a line's own amounts, as printed or as its sentence says."""
    years = {p.year or node.line.year for p in node.line.amounts if p.base is None}
    return {year for year in years if year is not None}


def _agency_in(label: str) -> str | None:
    """The agency that a label begins with, if it names one."""
    text = _YEAR_WORDS.sub("", fold_text(label))
    match = _AGENCY.match(text)
    return match["name"] if match and not _OWN.match(match["name"]) else None


def _same_name(name: str, agency: str) -> bool:
    """Whether a name is the agency's, contains it, or is a short form: its characters in order."""
    whole = fold_text(agency)
    characters = iter(whole)
    return whole in name or all(character in characters for character in name)


def _mentions(subject: Subject) -> dict[str, int]:
    """How often agencies are named at the head of lines: one named again and again is no slip."""
    names = [_agency_in(node.name) for node in subject.nodes]
    return dict(Counter(name for name in names if name is not None))


def _listed(subject: Subject, name: str) -> bool:
    """Whether the report lists the agency among its units, or speaks of it in its overview."""
    blocks = subject.report.document.blocks
    for section in subject.report.walk():
        if section.kind in {"organisation", "overview", "duties"}:
            for index in section.blocks:
                block = blocks[index]
                texts = (
                    [block.text] if isinstance(block, Paragraph) else [c.text for c in block.cells]
                )
                if any(name in fold_text(text) for text in texts):
                    return True
    return False
