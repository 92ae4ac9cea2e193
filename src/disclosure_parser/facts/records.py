"""Figures of records: any record class, read by its fields.

A record is walked through its attrs fields, so a class added through the registry needs nothing
here: its lines, amounts, quantities and changes are found wherever they stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
from attrs import evolve, frozen

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.document import Anchor, Quote, fold_text
from disclosure_parser.facts.headings import of_base
from disclosure_parser.facts.layout import Tables
from disclosure_parser.facts.model import Fact, Measure
from disclosure_parser.facts.tables import default_phase, table_fact, unit_text, upper_of
from disclosure_parser.identity import Identity
from disclosure_parser.language.items import Completion, PhasedAmount, Share
from disclosure_parser.language.values import (
    Amount,
    Change,
    Operator,
    Phase,
    Quantity,
    ValueState,
)
from disclosure_parser.sections.indicators import IndicatorTable
from disclosure_parser.sections.model import Line, Record
from disclosure_parser.sections.state_assets import is_purchase

#: Fields that name the object they belong to, the most telling first.
_NAMING = ("level3", "item", "label", "name", "term", "title", "project")
#: Fields that hold the unit of an object's quantities.
_UNITS = ("measure_unit", "unit_text", "unit")
_YEAR = re.compile(r"20\d\d")
#: Fields that say what their value measures, or which phase of the budget cycle it belongs to.
_MEASURES = {
    "weight": Measure.SCORE,
    "score": Measure.SCORE,
    "actual": Measure.RESULT,
    "execution_rate": Measure.COMPLETION,
}
_PHASES = {"initial": Phase.APPROVED, "adjusted": Phase.ADJUSTED, "executed": Phase.EXECUTED}
#: Measures whose unit may stand beside the number.
_MEASURED = {Measure.QUANTITY, Measure.TARGET, Measure.RESULT}
_STOCK_KINDS = {"state_assets"}


@frozen(kw_only=True)
class _Owner:
    """What stands around a value: record, section, names, what the figures are of."""

    record: str
    section: str
    label: str = ""
    concept: str = ""
    field: str = ""
    #: The unit of quantities where it is printed apart from them (in a cell of its own).
    unit: str = ""
    operator: Operator | None = None
    targeted: bool = False
    stock: bool = False
    stock_year: int | None = None


def record_facts(record: Record, identity: Identity, tables: Tables) -> Iterator[Fact]:
    """The facts of a record, in the order of its fields; its cells count as read."""
    owner = _Owner(
        record=type(record).__name__,
        section=record.section,
        stock=tables.kind_of(record.section) in _STOCK_KINDS,
    )
    yield from _Walk(identity, tables).walk(record, owner)


def form_facts(form: IndicatorTable, identity: Identity, tables: Tables) -> Iterator[Fact]:
    """The facts of a performance form that stands among the tables, where no record reads it."""
    yield from _Walk(identity, tables).walk(form, _Owner(record="", section=""))


class _Walk:
    def __init__(self, identity: Identity, tables: Tables) -> None:
        self._identity = identity
        self._tables = tables

    def walk(self, value: object, owner: _Owner) -> Iterator[Fact]:
        if isinstance(value, Line):
            yield from self._line(value, owner)
        elif isinstance(value, Amount):
            measure = Measure.UNIT_PRICE if owner.field == "unit_price" else Measure.AMOUNT
            yield from self._bare(value, measure, owner)
        elif isinstance(value, Quantity):
            yield from self._bare(value, _measure_of(value, owner), owner)
        elif isinstance(value, Change | PhasedAmount | Share | Completion):
            quote = Quote(text=owner.label, anchor=_anchor_of(value))
            line = Line(concept=owner.concept, label=quote, name=owner.label)
            yield from self._line(_with(line, value), owner)
        elif isinstance(value, Anchor):
            if value.row is not None and value.column is not None:
                self._tables.consumed.add((value.block, value.row, value.column))
        elif isinstance(value, tuple):
            for element in value:
                yield from self.walk(element, owner)
        elif attrs.has(type(value)):
            yield from self._object(value, owner)

    def _object(self, value: Any, owner: _Owner) -> Iterator[Fact]:
        names = [field.name for field in attrs.fields(type(value))]
        inner = owner
        if not isinstance(value, Quote):
            inner = _named(value, names, owner)
        for name in names:
            held = getattr(value, name)
            # Most fields are empty or words: not worth an owner of their own.
            if held is not None and not isinstance(held, str | int):
                yield from self.walk(held, evolve(inner, field=name))

    def _bare(self, value: Amount | Quantity, measure: Measure, owner: _Owner) -> Iterator[Fact]:
        """A value that stands alone: the cell of a table."""
        anchor = value.anchor
        if anchor.row is not None and anchor.column is not None:
            self._tables.consumed.add((anchor.block, anchor.row, anchor.column))
        if not _told(value):
            return
        if isinstance(value, Quantity) and not value.unit and measure in _MEASURED:
            value = evolve(value, unit=owner.unit)
        spot = self._tables.spot(anchor)
        operator = owner.operator if measure is Measure.TARGET else None
        if spot is not None:
            if owner.stock:
                spot = evolve(spot, stock=True)
            fact = table_fact(
                self._identity,
                self._tables,
                spot,
                value,
                measure,
                section=spot.section or owner.section,
                record=owner.record,
                label=owner.label,
                concept=owner.concept,
                concept_name=concept_name(owner.concept) if owner.concept else "",
                operator=operator,
                stock_year=owner.stock_year,
                phase=_PHASES.get(owner.field),
            )
            if fact is not None:
                yield fact
        else:
            fact = self._fact(value, measure, owner, {"operator": operator})
            if fact is not None:
                yield fact

    def _line(self, line: Line, owner: _Owner) -> Iterator[Fact]:
        if owner.stock and is_purchase(line):
            owner = evolve(owner, stock=False, stock_year=None)
        known: dict[str, object] = {
            "concept": line.concept,
            "concept_name": concept_name(line.concept) if line.concept else "",
            "label": line.label.text,
            "whole": line.whole,
            "within": line.within,
        }
        if line.classification is not None:
            known["row"] = tuple(name.text for name in line.classification.names)
            known["code"] = line.classification.code
        fiscal = self._identity.fiscal_year
        own = owner.stock_year or line.year or fiscal
        for phased in line.amounts:
            if phased.base is not None:
                year, phase = of_base(phased.base, phased.year, own)
            else:
                year = phased.year or own
                phase = phased.phase or self._phase(year, owner)
            yield from self._told(
                phased.amount, Measure.AMOUNT, owner, {**known, "year": year, "phase": phase}
            )
        phase = self._phase(own, owner)
        current: dict[str, object] = {**known, "year": own, "phase": phase}
        for change in line.changes:
            reason = change.reason or line.reason
            why = {"reason": reason.text} if reason is not None else {}
            yield from self._change(change, owner, {**current, **why})
        for share in line.shares:
            of = share.of.text if share.of is not None else ""
            yield from self._told(share.value, Measure.SHARE, owner, {**current, "base_text": of})
        for completion in line.completions:
            yield from self._told(
                completion.value,
                Measure.COMPLETION,
                owner,
                {**current, "phase": Phase.EXECUTED, "base": completion.base},
            )
        if line.quantity is not None:
            counted: dict[str, object] = {**known, "year": own, "operator": line.operator}
            if line.counted is not None:
                counted["label"] = f"{line.label.text}{line.counted.text}"
            yield from self._told(line.quantity, _count_measure(line), owner, counted)

    def _change(self, change: Change, owner: _Owner, known: dict[str, object]) -> Iterator[Fact]:
        known = {
            **known,
            "direction": change.direction,
            "base": change.base,
            "base_year": change.base_year,
            "base_text": change.base_text.text if change.base_text is not None else "",
        }
        for value, measure in (
            (change.amount, Measure.CHANGE),
            (change.percent, Measure.CHANGE_PERCENT),
        ):
            if value is not None:
                doubt = value.doubt or change.doubt
                yield from self._told(value, measure, owner, {**known, "doubt": doubt})

    def _told(
        self, value: Amount | Quantity, measure: Measure, owner: _Owner, known: dict[str, object]
    ) -> Iterator[Fact]:
        anchor = value.anchor
        if anchor.row is not None and anchor.column is not None:
            self._tables.consumed.add((anchor.block, anchor.row, anchor.column))
        if _told(value):
            fact = self._fact(value, measure, owner, known)
            if fact is not None:
                yield fact

    def _fact(
        self, value: Amount | Quantity, measure: Measure, owner: _Owner, known: dict[str, object]
    ) -> Fact | None:
        # One declaration or zero (货物、工程、服务均无, 均为0万元) may speak of several things; any
        # other number is of one.
        shared = value.state is not ValueState.NUMBER or value.number == 0
        several = known.get("label") if shared else None
        if not self._tables.once(value.anchor, measure, several):
            return None
        fields: dict[str, object] = {
            "label": owner.label,
            "year": owner.stock_year or self._identity.fiscal_year,
            "doubt": value.doubt,
            **known,
        }
        return Fact(
            measure=measure,
            state=value.state,
            text=value.text,
            anchor=value.anchor,
            number=value.number,
            upper=upper_of(value),
            unit=unit_text(value),
            yuan=value.yuan if isinstance(value, Amount) else None,
            entity=self._identity.agency,
            scope=self._identity.scope,
            section=self._tables.section_of(value.anchor.block) or owner.section,
            record=owner.record,
            **fields,  # type: ignore[arg-type]
        )

    def _phase(self, year: int | None, owner: _Owner) -> Phase | None:
        """The phase of a figure whose words say none: the report's, for its own year only."""
        if owner.stock or year != self._identity.fiscal_year:
            return None
        return default_phase(self._identity)


def _named(value: Any, names: list[str], owner: _Owner) -> _Owner:
    """The owner of the values in an object: its own name and concept where it has them."""
    changes: dict[str, Any] = {"targeted": "operator" in names}
    for name in _NAMING:
        found = getattr(value, name, None) if name in names else None
        text = found.text if isinstance(found, Quote) else found
        if isinstance(text, str) and text.strip():
            changes["label"] = "".join(text.split())
            break
    for name in _UNITS:
        found = getattr(value, name, None) if name in names else None
        text = found.text if isinstance(found, Quote) else found
        if type(text) is str and text.strip():
            changes["unit"] = "".join(text.split())
            break
    concept = getattr(value, "concept", None) if "concept" in names else None
    if isinstance(concept, str):
        changes["concept"] = concept
    operator = getattr(value, "operator", None) if "operator" in names else None
    if isinstance(operator, Operator):
        changes["operator"] = operator
    date = getattr(value, "date", None) if "date" in names else None
    if isinstance(date, Quote):
        year = _YEAR.search(fold_text(date.text))
        changes["stock"] = True
        changes["stock_year"] = int(year.group()) if year else None
    return evolve(owner, **changes)


def _told(value: Amount | Quantity) -> bool:
    """Whether a value is a printed figure: blanks are none, words only with digits in them."""
    if value.state is ValueState.BLANK:
        return False
    if value.state is ValueState.TEXT:
        return value.doubt is not None or any(c.isdigit() for c in value.text)
    return True


def _measure_of(value: Quantity, owner: _Owner) -> Measure:
    if owner.field in _MEASURES:
        return _MEASURES[owner.field]
    if owner.targeted and owner.field == "value":
        return Measure.TARGET
    return Measure.PERCENT if value.unit in {"%", "‰"} else Measure.QUANTITY


def _count_measure(line: Line) -> Measure:
    unit = fold_text(line.quantity.unit) if line.quantity is not None else ""
    if line.operator is not None:
        return Measure.TARGET
    if unit == "分":
        return Measure.SCORE
    return Measure.PERCENT if unit in {"%", "‰"} else Measure.COUNT


def _anchor_of(value: Change | PhasedAmount | Share | Completion) -> Anchor:
    if isinstance(value, Change):
        return value.anchor
    return value.amount.anchor if isinstance(value, PhasedAmount) else value.value.anchor


def _with(line: Line, value: Change | PhasedAmount | Share | Completion) -> Line:
    if isinstance(value, Change):
        return evolve(line, changes=(value,))
    if isinstance(value, PhasedAmount):
        return evolve(line, amounts=(value,))
    if isinstance(value, Share):
        return evolve(line, shares=(value,))
    return evolve(line, completions=(value,))
