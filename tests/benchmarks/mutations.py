"""Alterations of clean reports: one figure, sign, year, unit, code or name at a time.

A report is read into a document, one place of it is altered as a slip of the pen would, and the
document is parsed again. What is altered is chosen by what is printed, never by what the rules
look at; the alterations of a family are drawn with a fixed seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from attrs import evolve, frozen

from disclosure_parser.catalogue.codes import Domain
from disclosure_parser.document import Cell, Document, Paragraph, Role, Table
from disclosure_parser.report import Report
from disclosure_parser.statements import (
    PerformanceTargets,
    ProcurementStatement,
    UnitList,
    UnknownTable,
)

#: A place of text: block, row, column (of a cell), interval.
Place = tuple[int, int | None, int | None, int, int]


@frozen(kw_only=True)
class Mutation:
    """An alteration: its family, what was printed, what is printed now, the new document."""

    family: str
    place: Place
    before: str
    after: str
    document: Document


_MONEY = re.compile(r"(?<![\d.,．，])(\d[\d,，]*(?:[.．]\d+)?)(?=\s*(?:万元|亿元|元))")
_PERCENT = re.compile(r"(?<![\d.,．，])(\d+(?:[.．]\d+)?)(?=\s*[%％])")
_DIRECTION = re.compile(r"(增加|增长|减少|下降)(?=了?\s*\d)")
_UNIT = re.compile(r"(?<=\d)\s*(万元)")
_CAPTION = re.compile(r"单位[:：]\s*(万元|元)")
_OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
#: Kinds of sections whose sentences state figures of the budget.
_STATING = {
    "overall",
    "revenue",
    "expenditure",
    "fiscal_appropriation",
    "general_budget",
    "basic_expenditure",
    "three_public",
    "operating_funds",
    "yoy_change",
}


def mutations(report: Report, seed: int = 1, limit: int = 25) -> Iterator[Mutation]:
    """The alterations of a report, up to ``limit`` of each family."""
    for family, places in _FAMILIES.items():
        rng = random.Random(f"{seed}-{family}-{report.document.source.name}")
        found = list(places(report, rng))
        rng.shuffle(found)
        for place, after in found[:limit]:
            before = _text(report.document, place)[place[3] : place[4]]
            if before != after:
                yield Mutation(
                    family=family,
                    place=place,
                    before=before,
                    after=after,
                    document=_altered(report.document, place, after),
                )


# -- families --------------------------------------------------------------------------------


def _figures_in_prose(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:
    """A digit of an amount that a sentence of the budget states."""
    for place, text in _prose(report):
        for match in _MONEY.finditer(text):
            if not _is_explained(text, match.start()):
                yield _inside(place, match.span(1)), _other_digit(match.group(1), rng)


def _percentages(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:
    """A digit of a share, a rate or a change in percent."""
    for place, text in _prose(report):
        for match in _PERCENT.finditer(text):
            if not _is_explained(text, match.start()):
                yield _inside(place, match.span(1)), _other_digit(match.group(1), rng)


def _signs(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:  # noqa: ARG001
    """增加 for 减少, and the other way round, before an amount that has a percentage too."""
    for place, text in _prose(report):
        for match in _DIRECTION.finditer(text):
            nonzero = re.match(r"\D*0+(?:\.0+)?\D", text[match.end() :]) is None
            if nonzero and not _is_explained(text, match.start()):
                yield _inside(place, match.span(1)), _OPPOSITE[match.group(1)]


def _figures_in_tables(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:
    """A digit of an amount in a statement."""
    for statement in report.statements:
        if isinstance(statement, UnknownTable | UnitList | PerformanceTargets):
            continue
        if isinstance(statement, ProcurementStatement) and statement.table is not None:
            amounts = [r.amount for r in statement.table.rows if r.amount is not None]
        else:
            amounts = [v.amount for r in statement.rows for v in r.values if v.amount is not None]
        for amount in amounts:
            if amount.number is None or not amount.number or amount.anchor.row is None:
                continue
            anchor = amount.anchor
            place = (anchor.block, anchor.row, anchor.column, anchor.start, anchor.end)
            yield place, _other_digit(report.text_of(anchor), rng)


def _years(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:  # noqa: ARG001
    """Another year in a title, a heading or a sentence that states a figure of the year."""
    fiscal = report.identity.fiscal_year
    if fiscal is None:
        return
    year = str(fiscal)
    # The base of a comparison that is a year ahead: 比2026年预算 in a budget for 2026.
    prior = str(fiscal - 1)
    for place, text in _prose(report):
        for match in re.finditer(rf"(?:比|较|与)\s*({prior})(?=\s*年)", text):
            yield _inside(place, match.span(1)), year
    for statement in report.statements:
        if statement.title is not None and (at := statement.title.text.find(year)) >= 0:
            anchor = statement.title.anchor
            start = anchor.start + at
            yield (anchor.block, anchor.row, anchor.column, start, start + 4), str(fiscal - 2)


def _units(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:  # noqa: ARG001
    """元 for 万元 beside a figure of a sentence, or in the caption of a table."""
    for place, text in _prose(report):
        for match in _UNIT.finditer(text):
            zero = re.search(r"(?<![\d.])0+(?:\.0+)?\s*$", text[: match.start(1)])
            if zero is None and not _is_explained(text, match.start()):
                yield _inside(place, match.span(1)), "元"
    for statement in report.statements:
        quote = statement.unit_quote
        if quote is None or statement.empty:
            continue
        unit = re.search("万元|元", quote.text)
        if unit:
            anchor = quote.anchor
            place = (anchor.block, anchor.row, anchor.column, anchor.start, anchor.end)
            yield _inside(place, unit.span()), "元" if unit.group() == "万元" else "万元"


def _codes(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:
    """A digit of a printed code."""
    for statement in report.statements:
        for row in statement.rows:
            if row.code is None or row.name is None or not row.code.parts:
                continue
            anchor = row.code.parts[-1].anchor
            place = (anchor.block, anchor.row, anchor.column, anchor.start, anchor.end)
            yield place, _other_digit(report.text_of(anchor), rng, last=True)


def _names(report: Report, rng: random.Random) -> Iterator[tuple[Place, str]]:
    """The name of another code beside a code."""
    found = [
        row
        for statement in report.statements
        for row in statement.rows
        if row.code is not None and row.name is not None
        if row.code.domain in (Domain.FUNCTIONAL, Domain.ECONOMIC)
    ]
    names = sorted({row.name.text.strip() for row in found if row.name is not None})
    for row in found:
        if row.name is None:
            continue
        others = [name for name in names if name != row.name.text.strip()]
        if others:
            anchor = row.name.anchor
            place = (anchor.block, anchor.row, anchor.column, anchor.start, anchor.end)
            yield place, rng.choice(others)


_FAMILIES: dict[str, Callable[[Report, random.Random], Iterator[tuple[Place, str]]]] = {
    "figure in prose": _figures_in_prose,
    "percentage": _percentages,
    "sign": _signs,
    "figure in a table": _figures_in_tables,
    "year": _years,
    "unit": _units,
    "code": _codes,
    "name": _names,
}


# -- text ------------------------------------------------------------------------------------


def _prose(report: Report) -> Iterator[tuple[Place, str]]:
    """The paragraphs of sections that state figures of the budget."""
    blocks = report.document.blocks
    seen: set[int] = set()
    for section in report.walk():
        stating = section.kind in _STATING
        for index in section.blocks if stating else ():
            block = blocks[index]
            if isinstance(block, Paragraph) and block.role is Role.TEXT and index not in seen:
                seen.add(index)
                yield (index, None, None, 0, len(block.text)), block.text


def _is_explained(text: str, at: int) -> bool:
    """Whether a place of a sentence belongs to a reason or a use, which state nothing."""
    sentence = re.split("[。；;]", text[:at])[-1]
    return re.search("原因|主要是|主要用于|由于|其中用于|因", sentence) is not None


def _inside(place: Place, span: tuple[int, int]) -> Place:
    block, row, column, start, _ = place
    return block, row, column, start + span[0], start + span[1]


def _other_digit(text: str, rng: random.Random, *, last: bool = False) -> str:
    """The text with one digit altered: not the last decimals, which rounding may explain."""
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if not digits:
        return text
    if last:
        chosen = digits[-1]
    else:
        whole = [i for i in digits if "." not in text[:i]]
        # Up to the first decimal: a slip in the last one is told from rounding by nobody.
        first = [i for i in digits if text[:i].count(".") == 1][:1]
        chosen = rng.choice(whole + first if "." in text else whole)
    # Full-width digits stay full-width.
    nine = "１２３４５６７８９" if "０" <= text[chosen] <= "９" else "123456789"
    others = [d for d in nine if d != text[chosen]]
    return text[:chosen] + rng.choice(others) + text[chosen + 1 :]


def _text(document: Document, place: Place) -> str:
    block = document.blocks[place[0]]
    if isinstance(block, Paragraph):
        return block.text
    return _cell(block, place).text


def _cell(table: Table, place: Place) -> Cell:
    return next(c for c in table.cells if (c.row, c.column) == (place[1], place[2]))


def _altered(document: Document, place: Place, after: str) -> Document:
    index, start, end = place[0], place[3], place[4]
    block = document.blocks[index]
    new: Paragraph | Table
    if isinstance(block, Paragraph):
        new = evolve(block, text=block.text[:start] + after + block.text[end:], fragments=())
    else:
        cell = _cell(block, place)
        other = evolve(cell, text=cell.text[:start] + after + cell.text[end:], fragments=())
        new = evolve(block, cells=tuple(other if c is cell else c for c in block.cells))
    blocks = (*document.blocks[:index], new, *document.blocks[index + 1 :])
    return evolve(document, blocks=blocks)
