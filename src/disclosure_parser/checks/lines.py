"""The narrative of a report as a tree of lines: what rules over sentences read.

A record keeps its lines in named fields; for reconciliation they are put back into printed order
and each is tied to the line it is a part of (其中).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

import attrs
from attrs import define, evolve, field

from disclosure_parser.checks.compare import last_digit
from disclosure_parser.checks.model import Operand
from disclosure_parser.document import Paragraph, Quote
from disclosure_parser.language.items import PhasedAmount
from disclosure_parser.language.values import (
    Amount,
    BaseKind,
    Change,
    Direction,
    Phase,
    Quantity,
    ValueState,
)
from disclosure_parser.report import Report
from disclosure_parser.sections.model import Line, Record

_SCOPE = re.compile("同口径|可比口径|同比口径|剔除|还原")
#: How far around a change its remark may stand (（与2020年完成数同口径相比…）).
_NEAR = 60

#: What a report speaks of as one thing, however often it names it: one figure a year and phase.
NAMED_ONCE = (
    "three_public.total",
    "three_public.overseas",
    "three_public.vehicles",
    "three_public.vehicle_purchase",
    "three_public.vehicle_operation",
    "three_public.reception",
    "operating_funds.total",
)

#: The phases of the same year's budget that a base may mean (预算数 either of the two).
OWN_BUDGETS: dict[BaseKind | None, tuple[Phase, ...]] = {
    BaseKind.OPENING_BUDGET: (Phase.APPROVED,),
    BaseKind.ADJUSTED_BUDGET: (Phase.ADJUSTED,),
    BaseKind.BUDGET: (Phase.ADJUSTED, Phase.APPROVED),
}


@define(eq=False)
class Node:
    """A line with the section kind it stands in, the line it is a part of, and its parts."""

    line: Line
    section: str
    kind: str
    whole: Node | None = None
    parts: list[Node] = field(factory=list)

    @property
    def name(self) -> str:
        """The printed label, for people."""
        return "".join((self.line.label.text or self.line.name).split())

    def wholes(self) -> Iterator[Node]:
        """The lines that this one is a part of, the nearest first."""
        seen = {id(self)}
        whole = self.whole
        while whole is not None and id(whole) not in seen:
            yield whole
            seen.add(id(whole))
            whole = whole.whole

    def amount(self, *phases: Phase | None) -> PhasedAmount | None:
        """The first amount of the report's year in one of the phases (any without phases); none
        that a change is measured against."""
        for phased in self.line.amounts:
            own = phased.year is None or phased.year == self.line.year
            if own and phased.base is None and (not phases or phased.phase in phases):
                return phased
        return None

    def executed(self, own: Phase) -> PhasedAmount | None:
        """The amount executed; one whose words say no phase, in a report of phase ``own``."""
        found = self.amount(Phase.EXECUTED)
        return self.amount(None) if found is None and own is Phase.EXECUTED else found

    def budgets(self, base: BaseKind | None) -> list[PhasedAmount]:
        """The amounts of the same year's budget that ``base`` may mean, the likeliest first."""
        measured = [phased for phased in self.line.amounts if base and phased.base is base]
        stated = (self.amount(phase) for phase in OWN_BUDGETS.get(base, ()))
        return measured or [phased for phased in stated if phased is not None]


def lists_of(node: Node) -> list[list[Node]]:
    """The parts of a line by the mention of the whole that each list stands under: a total that is
    printed twice, 其中 by function and 其中 by economic class, has two lists."""
    found: dict[object, list[Node]] = {}
    for part in node.parts:
        found.setdefault(part.line.whole_at, []).append(part)
    return list(found.values())


def of_phase(node: Node, *phases: Phase | None) -> Operand | None:
    """The amount of a line in the first phase that it has one of, bases left out."""
    for phase in phases:
        phased = node.amount(phase)
        if phased is not None and phased.base is None:
            return money(node.name, phased.amount)
    return None


def whole_of(node: Node, parts: Sequence[Node], own: Phase) -> PhasedAmount | None:
    """The amount of a line that its parts add up to: that of their phase and year; where they name
    no phase (年初预算9万元，决算8万元，其中：A 5万元), that of the report's own."""
    phases = {phased.phase for part in parts for phased in part.line.amounts}
    phase = phases.pop() if len(phases) == 1 else None
    years = {part.line.year for part in parts}
    if len(years) == 1 and node.line.year not in years:
        dated = [p for p in node.line.amounts if p.base is None and p.year in years]
        return next((p for p in dated if p.phase in {phase, own, None}), None)
    return node.amount(phase or own) or node.amount()


def nodes_of(report: Report) -> tuple[Node, ...]:
    """All lines that state figures, in printed order; those inside reasons and uses left out."""
    kinds = {section.id: section.kind for section in report.walk()}
    found: list[Node] = []
    for record in report.records:
        nodes = [
            Node(line=line, section=record.section, kind=kinds.get(record.section, ""))
            for line in sorted(_lines(record), key=_position)
            if not line.within
        ]
        _tie(nodes)
        found.extend(nodes)
    return tuple(found)


def _lines(value: object) -> Iterator[Line]:
    if isinstance(value, Line):
        yield value
    elif isinstance(value, tuple):
        for element in value:
            yield from _lines(element)
    elif isinstance(value, Record) or (attrs.has(type(value)) and not isinstance(value, Quote)):
        for attribute in attrs.fields(type(value)):  # type: ignore[arg-type]
            yield from _lines(getattr(value, attribute.name))


def _position(line: Line) -> tuple[int, int]:
    return line.label.anchor.block, line.label.anchor.start


def _tie(nodes: list[Node]) -> None:
    """Tie each line to its whole: the line printed there, or one that it was joined to."""
    places = {node.line.label.anchor: node for node in nodes}
    before: dict[str, Node] = {}
    for node in nodes:
        if node.line.whole_at is not None:
            whole = places.get(node.line.whole_at) or before.get(node.line.whole)
            if whole is not None and whole is not node:
                node.whole = whole
                whole.parts.append(node)
        before[node.line.name] = node
        if node.line.concept:
            before[node.line.concept] = node


def money(name: str, amount: Amount) -> Operand | None:
    """An amount as an operand in 元; ``None`` unless it is a number of a known unit."""
    if amount.state is not ValueState.NUMBER or amount.yuan is None or amount.number is None:
        return None
    factor = amount.unit.factor if amount.unit is not None else 1
    return Operand(
        name=name,
        text=amount.text,
        value=amount.yuan,
        step=last_digit(amount.number, amount.decimals or 0, factor),
        anchor=amount.anchor,
        doubt=amount.doubt,
    )


def percentage(name: str, quantity: Quantity) -> Operand | None:
    """A percentage as an operand in percent; ``None`` unless it is a number."""
    if quantity.number is None or quantity.unit not in ("%", ""):
        return None
    return Operand(
        name=name,
        text=quantity.text,
        value=quantity.number,
        step=Decimal(1).scaleb(-(quantity.decimals or 0)),
        anchor=quantity.anchor,
        doubt=quantity.doubt,
    )


def count(name: str, quantity: Quantity) -> Operand | None:
    """A count as an operand; ``None`` unless it is one exact number."""
    if quantity.number is None or quantity.upper is not None:
        return None
    return Operand(
        name=name,
        text=quantity.text,
        value=quantity.number,
        step=Decimal(1),
        anchor=quantity.anchor,
        doubt=quantity.doubt,
    )


def signed(name: str, change: Change) -> Operand | None:
    """The amount of a change with its sign; 持平 is zero."""
    if change.amount is None:
        if not is_level(change):
            return None
        text = change.base_text.text if change.base_text is not None else "持平"
        return Operand(name=name, text=text, value=Decimal(0), step=Decimal(0))
    operand = money(name, change.amount)
    if operand is None or change.direction is None:
        return None
    sign = -1 if change.direction is Direction.DECREASE else 1
    return evolve(operand, value=operand.value * sign, doubt=operand.doubt or change.doubt)


def is_level(change: Change) -> bool:
    """Whether a change says that nothing changed (持平)."""
    return change.direction is Direction.NONE


def is_prior(node: Node, phased: PhasedAmount, change: Change) -> bool:
    """Whether an amount of a line is the figure that a change is measured against."""
    if phased.base is not None:
        return phased.base is change.base
    year = node.line.year
    return phased.year is not None and year is not None and phased.year == year - 1


def other_scope(report: Report, change: Change) -> bool:
    """Whether the words around a change say that its base is another scope than the figure's."""
    block = report.document.blocks[change.anchor.block]
    if not isinstance(block, Paragraph):
        return False
    return (
        _SCOPE.search(block.text, max(0, change.anchor.start - _NEAR), change.anchor.end + _NEAR)
        is not None
    )
