"""Rules on counts: vehicles, trips and receptions, in the narrative and in the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from attrs import evolve

from disclosure_parser.checks.compare import compare_sums
from disclosure_parser.checks.lines import Node, count, lists_of
from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Operand, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import judged
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import fold_text
from disclosure_parser.language.values import Quantity
from disclosure_parser.sections.state_assets import AssetRow, StateAssets

_VEHICLES = ("assets.vehicles", "three_public.vehicle_purchase")
_REST = re.compile(r"其他|其它")
_COUNTED = ("assets.", "three_public.")
_Key = tuple[str, str, int | None]
#: What is counted of one concept: persons, receptions, groups, or the things themselves.
_OF_WHAT = (("人", "persons"), ("批", "receptions"), ("组", "groups"), ("个", "groups"))


@rule("N22", "车辆数等于各类用车之和", "Vehicles are the sum of their kinds")
def vehicle_kinds(subject: Subject, rule: Rule) -> Iterator[Result]:
    """车辆 = 机要通信用车 + 应急保障用车 + … + 其他用车, held or to be bought.

    Source: 国有资产占用情况, narrative and table. Wrong for sure where the kinds are more than the
    whole or 其他用车 closes their list; a warning where kinds may have been left out.
    """
    for node in (node for concept in _VEHICLES for node in subject.by_concept.get(concept, [])):
        whole = _count(node)
        if whole is None:
            continue
        for parts in lists_of(node):
            found = [_count(p) for p in parts if p.line.concept == node.line.concept]
            kinds = [operand for operand in found if operand is not None]
            if len(kinds) == len(parts):
                yield from _kinds(rule, whole, kinds, section=node.section)
    for record in subject.report.records:
        for table in record.tables if isinstance(record, StateAssets) else ():
            for index, row in enumerate(table.rows):
                if "车" not in row.name or row.quantity is None:
                    continue
                whole = _exact(row.name, row.quantity)
                kinds = [operand for part in table.rows if (operand := _part(part, index))]
                if whole is not None:
                    yield from _kinds(rule, whole, kinds, table=table.block)


def _part(row: AssetRow, whole: int) -> Operand | None:
    if row.part_of != whole or row.quantity is None or "车" not in row.name:
        return None
    return _exact(row.name, row.quantity)


def _kinds(
    rule: Rule, whole: Operand, kinds: list[Operand], *, section: str = "", table: int | None = None
) -> Iterator[Result]:
    """Kinds against their whole; a single kind is only an example."""
    closed = bool(kinds) and _REST.search(kinds[-1].name) is not None
    if not kinds or (len(kinds) == 1 and not closed and kinds[0].value <= whole.value):
        return
    more = sum(kind.value for kind in kinds) > whole.value
    unsure = None if closed or more else (Level.WARNING, say("may_be_incomplete"))
    yield judged(
        rule,
        compare_sums([whole], kinds),
        [whole],
        kinds,
        f"{whole.name} = " + " + ".join(kind.name for kind in kinds),
        unit="辆",
        section=section,
        table=table,
        lowered=unsure,
        tail=False,
    )


@rule("X07", "文字中的数量与表中一致", "Counts of the narrative are those of the tables")
def counts(subject: Subject, rule: Rule) -> Iterator[Result]:
    """文字数量 = 表中数量: 公务用车保有量, 购置数, 团组数, 接待批次和人次, 车辆, 设备.

    Source: 机构运行信息表, 公开07 and 国有资产占用情况表 beside their narrative, of one year. Wrong
    only where no table prints the count; holdings may be of another day: a warning.
    """
    printed: dict[_Key, list[tuple[Operand, int]]] = {}
    for statement, figure in subject.figures.counted:
        if not isinstance(figure.value, Quantity) or not figure.concept.startswith(_COUNTED):
            continue
        name = statement.rows[figure.row].name
        operand = _exact(name.text if name is not None else figure.concept, figure.value)
        if operand is not None:
            key = _key(figure.concept, figure.value, figure.year)
            printed.setdefault(key, []).append((operand, statement.block))
    for node in subject.nodes if printed else ():
        told = _count(node)
        if told is None or node.line.quantity is None or node.line.within:
            continue
        if node.whole is not None and node.whole.line.concept == node.line.concept:
            continue
        key = _key(node.line.concept, node.line.quantity, node.line.year)
        found = printed.get(key, [])
        if not found:
            continue
        stock = node.line.concept.startswith("assets.")
        same = next((one for one in found if one[0].value == told.value), found[0])
        yield judged(
            rule,
            compare_sums([told], [same[0]]),
            [told],
            [same[0]],
            f"{node.name}: 文字 = 表",
            unit=node.line.quantity.unit,
            section=node.section,
            table=same[1],
            lowered=(Level.WARNING, say("other_day")) if stock else None,
            tail=False,
        )


def _key(concept: str, quantity: Quantity, year: int | None) -> _Key:
    """What is counted: the concept, what of it, and the year (holdings are of one day)."""
    unit = fold_text(quantity.unit)
    what = next((what for word, what in _OF_WHAT if word in unit), "things")
    return concept, what, None if concept.startswith("assets.") else year


def _count(node: Node) -> Operand | None:
    return _exact(node.name, node.line.quantity)


def _exact(name: str, quantity: Quantity | None) -> Operand | None:
    """A count as an operand: things are counted, not rounded."""
    operand = count(name, quantity) if quantity is not None else None
    return evolve(operand, step=Decimal(0)) if operand is not None else None
