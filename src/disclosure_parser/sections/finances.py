"""Revenue and expenditure 收支: totals, sources, uses and what changed since last year."""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.merge import merge_lines
from disclosure_parser.sections.model import Line, Record


@frozen(kw_only=True)
class RevenueExpenditure(Record):
    """Revenue and expenditure as a section of the narrative states them.

    ``balance`` is a total printed for both sides at once (收支总计); ``revenue`` and
    ``expenditure`` are the totals of one side; ``sources`` the sources of revenue (财政拨款,
    上级提前通知转移支付, 基金, 财政专户, 其他 …); ``basic`` 基本支出 with ``personnel`` 人员经费
    and ``public`` 公用经费; ``project`` 项目支出; ``uses`` the other parts of expenditure and
    ``classified`` the items of a classification (类, 款, 项); ``change`` a change against last
    year that is printed for the budget as a whole. Everything else with figures is in ``others``.
    """

    balance: Line | None = None
    revenue: Line | None = None
    sources: tuple[Line, ...] = ()
    expenditure: Line | None = None
    basic: Line | None = None
    personnel: Line | None = None
    public: Line | None = None
    project: Line | None = None
    uses: tuple[Line, ...] = ()
    classified: tuple[Line, ...] = ()
    change: Line | None = None
    others: tuple[Line, ...] = ()


_FIELDS = {
    "balance.total": "balance",
    "balance.fiscal_appropriation": "balance",
    "revenue.total": "revenue",
    "revenue.current": "revenue",
    "expenditure.total": "expenditure",
    "expenditure.current": "expenditure",
    "expenditure.basic": "basic",
    "expenditure.basic_general_budget": "basic",
    "expenditure.basic_fiscal_appropriation": "basic",
    "expenditure.personnel": "personnel",
    "expenditure.public": "public",
    "expenditure.project": "project",
    "budget.total": "change",
}
_TOTAL_CONCEPTS = {name for name in _FIELDS if name.endswith(".total")}
#: A cheap look before the lines are read.
_TOTALS = re.compile(r"(?:收入|支出|收支|预算|决算)[^。;]{0,12}?\d")
_CLASSIFIED = {
    "expenditure.function_item",
    "expenditure.function_group",
    "expenditure.function_class",
    "expenditure.economic_group",
    "expenditure.economic_class",
}


@frozen(kw_only=True)
class FinancesExtractor(ByKind):
    """Reads the sections about revenue and expenditure as a whole or of one fund."""

    record: type[Record] = RevenueExpenditure

    def suits(self, section: Section, context: Context) -> float:
        """1 for the extractor's kinds; 0.5 for a section of a kind without a record of its own
        that prints the total of revenue, of expenditure or of both."""
        if section.kind in self.kinds:
            return 1.0
        if not any(_TOTALS.search(text.passage.text) for text in context.texts(section)):
            return 0.0
        lines = context.lines((section,))
        return 0.5 if any(x.amounts and x.concept in _TOTAL_CONCEPTS for x in lines) else 0.0

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        lines = merge_lines(context.lines(sections))
        if not lines:
            return None
        single: dict[str, Line] = {}
        sources: list[Line] = []
        uses: list[Line] = []
        classified: list[Line] = []
        others: list[Line] = []
        for line in lines:
            name = _FIELDS.get(line.concept)
            if line.within:
                others.append(line)
            elif name is not None and name not in single:
                single[name] = line
            elif line.concept in _CLASSIFIED:
                classified.append(line)
            elif name is None and line.concept.startswith("revenue."):
                sources.append(line)
            elif name is None and line.concept.startswith("expenditure."):
                uses.append(line)
            else:
                others.append(line)
        return RevenueExpenditure(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            sources=tuple(sources),
            uses=tuple(uses),
            classified=tuple(classified),
            others=tuple(others),
            **single,
        )


_KINDS = frozenset(
    {
        "overall",
        "revenue",
        "expenditure",
        "yoy_change",
        "fiscal_appropriation",
        "general_budget",
        "basic_expenditure",
        "government_fund",
        "state_capital",
    }
)
FINANCES = FinancesExtractor(
    name="finances", kinds=_KINDS, absorbs=frozenset({"revenue", "expenditure", "yoy_change"})
)
