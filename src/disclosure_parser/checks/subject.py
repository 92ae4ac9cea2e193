"""What is checked: a report with the views of it that several rules read."""

from __future__ import annotations

from functools import cached_property

from disclosure_parser.checks.comparable import own_phase
from disclosure_parser.checks.lines import Node, nodes_of
from disclosure_parser.checks.tables import Lookup, PrintedFigures, Sheet, max_amount, sheet_of
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import Phase
from disclosure_parser.report import Report
from disclosure_parser.statements import RevenueExpenditureSummary, Statement


class Subject:
    """A report under check; views are computed once, when the first rule asks for them."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @property
    def is_government(self) -> bool:
        """Whether the report is a government's budget: figures of several levels side by side."""
        return self.report.identity.scope is Scope.GOVERNMENT

    @cached_property
    def is_several(self) -> bool:
        """Whether the report holds the tables of several entities: summaries that differ."""
        totals: dict[tuple[Phase | None, int | None], set[object]] = {}
        for sheet in self.sheets:
            statement = sheet.statement
            if isinstance(statement, RevenueExpenditureSummary) and not statement.empty:
                found = [max_amount(statement)]
                values = {operand.value for operand in found if operand is not None}
                totals.setdefault((statement.phase, statement.year), set()).update(values)
        return any(len(values) > 1 for values in totals.values())

    @property
    def own_phase(self) -> Phase:
        """The phase of figures whose words say none."""
        return own_phase(self.report.identity.kind)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The lines of the narrative, tied to their wholes."""
        return nodes_of(self.report)

    @cached_property
    def by_concept(self) -> dict[str, list[Node]]:
        """The lines of the narrative by concept."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.line.concept, []).append(node)
        return found

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statutory tables."""
        return self.report.statements

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The statutory tables with the relations of their rows and columns."""
        return tuple(sheet_of(statement) for statement in self.statements)

    @cached_property
    def figures(self) -> PrintedFigures:
        """The figures of the statements by concept, phase and year."""
        return PrintedFigures(self.sheets)

    @cached_property
    def lookup(self) -> Lookup:
        """The coded rows of the statements by name."""
        return Lookup(self.sheets)
