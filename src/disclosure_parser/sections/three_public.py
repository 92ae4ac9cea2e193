"""The three public expenses “三公”经费: total, items, changes and reasons."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import fold_text
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.merge import merge_lines
from disclosure_parser.sections.model import Line, Record


@frozen(kw_only=True)
class ThreePublic(Record):
    """The three public expenses “三公”经费 of the narrative.

    ``total``; ``overseas`` 因公出国（境）费; ``vehicles`` 公务用车购置及运行维护费 and its
    parts ``vehicle_purchase`` and ``vehicle_operation``; ``reception`` 公务接待费; beside them in
    some templates ``meetings`` 会议费 and ``training`` 培训费. Counts: ``trips`` 出国团组,
    ``travellers`` 出国人次, ``vehicles_purchased``, ``fleet`` 保有量, ``receptions`` 接待批次,
    ``guests`` 接待人次.
    A declaration that there are none has an amount of state ``nil``.
    """

    total: Line | None = None
    overseas: Line | None = None
    vehicles: Line | None = None
    vehicle_purchase: Line | None = None
    vehicle_operation: Line | None = None
    reception: Line | None = None
    meetings: Line | None = None
    training: Line | None = None
    trips: Line | None = None
    travellers: Line | None = None
    vehicles_purchased: Line | None = None
    fleet: Line | None = None
    receptions: Line | None = None
    guests: Line | None = None
    others: tuple[Line, ...] = ()


_AMOUNTS = {
    "three_public.total": "total",
    "three_public.overseas": "overseas",
    "three_public.vehicles": "vehicles",
    "three_public.vehicle_purchase": "vehicle_purchase",
    "three_public.vehicle_operation": "vehicle_operation",
    "three_public.reception": "reception",
    "outlays.meetings": "meetings",
    "outlays.training": "training",
}
_COUNTS = {
    ("three_public.overseas", "人次"): "travellers",
    ("three_public.overseas", "人"): "travellers",
    ("three_public.overseas", "个"): "trips",
    ("three_public.overseas", "团"): "trips",
    ("three_public.overseas", "团次"): "trips",
    ("three_public.overseas", "批次"): "trips",
    ("three_public.vehicle_purchase", "辆"): "vehicles_purchased",
    ("three_public.vehicle_purchase", "台"): "vehicles_purchased",
    ("three_public.fleet", "辆"): "fleet",
    ("three_public.fleet", "台"): "fleet",
    ("three_public.reception", "批次"): "receptions",
    ("three_public.reception", "批"): "receptions",
    ("three_public.reception", "个"): "receptions",
    ("three_public.reception", "人次"): "guests",
    ("three_public.reception", "人"): "guests",
    ("three_public.reception_domestic", "批次"): "receptions",
    ("three_public.reception_domestic", "人次"): "guests",
}


@frozen(kw_only=True)
class ThreePublicExtractor(ByKind):
    """Reads sections of kind ``three_public`` (and the general outlays printed with them)."""

    record: type[Record] = ThreePublic

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        fields: dict[str, Line] = {}
        others: list[Line] = []
        for line in merge_lines(context.lines(sections)):
            name = _field(line)
            if name is not None and name not in fields:
                fields[name] = line
            else:
                others.append(line)
        return ThreePublic(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            others=tuple(others),
            **fields,
        )


def _field(line: Line) -> str | None:
    if line.quantity is not None:
        # Counts of receptions stand in the text of their use (用于接待…，共2批次26人次).
        return _COUNTS.get((line.concept, fold_text(line.quantity.unit)))
    return None if line.within else _AMOUNTS.get(line.concept)


THREE_PUBLIC = ThreePublicExtractor(
    name="three_public", kinds=frozenset({"three_public"}), absorbs=frozenset({"general_outlays"})
)
