"""What is checked: a report with the views of it that several rules read."""

from __future__ import annotations

from functools import cached_property

from disclosure_parser.checks.lines import Node, nodes_of
from disclosure_parser.facts import Fact
from disclosure_parser.identity import Scope
from disclosure_parser.report import Report
from disclosure_parser.statements import Statement


class Subject:
    """A report under check; views are computed once, when the first rule asks for them."""

    def __init__(self, report: Report) -> None:
        self.report = report

    @property
    def is_government(self) -> bool:
        """Whether the report is a government's budget: figures of several levels side by side."""
        return self.report.identity.scope is Scope.GOVERNMENT

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The lines of the narrative, tied to their wholes."""
        return nodes_of(self.report)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statutory tables."""
        return self.report.statements

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All printed figures."""
        return self.report.facts()
