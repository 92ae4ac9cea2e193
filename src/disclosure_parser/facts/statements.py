"""What the statements know of table figures: concept, whole, code and its edition.

Facts of table cells come from every table alike; where the table is a known statement, the cell
is also a figure of a concept, and stands beside the figures of the narrative.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from disclosure_parser.catalogue.concepts import concept_name
from disclosure_parser.facts.model import Fact, Measure
from disclosure_parser.language.values import Amount, Phase, Quantity
from disclosure_parser.statements.figures import Figure, statement_facts
from disclosure_parser.statements.model import Statement

#: Measures of a change or a share of a concept's figure.
_RELATIVE = {Measure.CHANGE, Measure.CHANGE_PERCENT, Measure.SHARE}

_Place = tuple[int, int | None, int | None]


class StatementFigures:
    """The figures of all statements by the cell they stand in."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._figures: dict[_Place, Figure] = {
            (anchor.block, anchor.row, anchor.column): figure
            for statement in statements
            for figure in statement_facts(statement)
            for anchor in (figure.value.anchor,)
        }
        #: Budgets of the whole year, as their tables tell: concept, year, amount in 元.
        self._adjusted = {
            (figure.concept, figure.year, figure.value.yuan)
            for figure in self._figures.values()
            if figure.concept
            and figure.phase is Phase.ADJUSTED
            and isinstance(figure.value, Amount)
        }

    def told(self, fact: Fact) -> Fact:
        """The fact with what its statement says of it; what the fact says already stays."""
        anchor = fact.anchor
        figure = self._figures.get((anchor.block, anchor.row, anchor.column))
        if figure is None:
            return self._of_whole_year(fact)
        concept = fact.concept or figure.concept
        if fact.measure in _RELATIVE:
            concept = concept or figure.measured
        code = figure.code
        completed = f"code: {code.doubt}" if code is not None and code.doubt else None
        # A note below the table tells that its 预算数 are those of the whole year.
        noted = figure.phase if figure.phase is Phase.ADJUSTED else None
        phase, year = noted or fact.phase or figure.phase, fact.year
        if figure.of_row:
            year = figure.year
        if figure.stock:
            # Where the table stands, the report's budget year is not that of the stock.
            phase, year = figure.phase, figure.year
        if isinstance(figure.value, Quantity) and fact.measure is Measure.AMOUNT:
            # Its row is a part of what counts things: 车辆数合计（辆） over the kinds of vehicles.
            fact = evolve(fact, measure=Measure.QUANTITY, unit=figure.value.unit, yuan=None)
        return evolve(
            fact,
            concept=concept,
            concept_name=fact.concept_name or (concept_name(concept) if concept else ""),
            whole=fact.whole or figure.whole,
            phase=phase,
            year=year if year is not None else figure.year,
            # The statement joins codes printed in several cells (301 | 2 is 30102).
            code=code.code if code is not None else fact.code,
            code_edition=(code.edition or "") if code is not None else fact.code_edition,
            doubt=fact.doubt or completed,
        )

    def _of_whole_year(self, fact: Fact) -> Fact:
        """A budget that the narrative names plainly (支出预算为9万元) is that of the whole year
        where the table says so of the same amount."""
        plain = fact.phase is Phase.APPROVED and fact.measure is Measure.AMOUNT
        if not plain or "年初" in fact.label:
            return fact
        known = (fact.concept, fact.year, fact.yuan) in self._adjusted
        return evolve(fact, phase=Phase.ADJUSTED) if known and fact.yuan else fact
