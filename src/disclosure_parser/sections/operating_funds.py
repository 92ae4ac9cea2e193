"""Agency operating funds 机关运行经费: the amount and what it is for."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.merge import merge_lines
from disclosure_parser.sections.model import Line, Record


@frozen(kw_only=True)
class OperatingFunds(Record):
    """Agency operating funds 机关运行经费.

    ``total`` carries amount, change, reason and use (``purpose``); ``None`` where the section
    states no amount and declares none. ``others`` are further figures (economic items).
    """

    total: Line | None = None
    others: tuple[Line, ...] = ()


@frozen(kw_only=True)
class OperatingFundsExtractor(ByKind):
    """Reads sections of kind ``operating_funds``."""

    record: type[Record] = OperatingFunds

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        total: Line | None = None
        others: list[Line] = []
        for line in merge_lines(context.lines(sections)):
            if total is None and not line.within and line.concept == "operating_funds.total":
                total = line
            else:
                others.append(line)
        return OperatingFunds(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            total=total,
            others=tuple(others),
        )


OPERATING_FUNDS = OperatingFundsExtractor(
    name="operating_funds", kinds=frozenset({"operating_funds"})
)
