"""The report: what :func:`disclosure_parser.parse` gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from disclosure_parser.catalogue.codes import Whereabouts, whereabouts
from disclosure_parser.document import Anchor, Diagnostic, Document, Place
from disclosure_parser.facts import Fact, facts_of
from disclosure_parser.identity import Identity
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.model import Record
from disclosure_parser.statements.model import Statement

if TYPE_CHECKING:
    from disclosure_parser.checks.model import CheckReport

#: Name and version of the JSON form; changes with the classes.
SCHEMA = "disclosure-report/1"

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=Statement)


@frozen(kw_only=True)
class Report:
    """A disclosure as typed records.

    ``sections`` is the section tree, ``records`` the typed records of its sections in reading
    order, ``tables`` what the rows and columns of each table are, ``statements`` the same tables as
    typed statements (one each, unknown ones among them), ``document`` the printed text that all
    anchors address, ``family`` the template family it was recognised as, and
    ``diagnostics`` what was not understood or is not sure. ``units`` are the reports of a
    department's units that were published with it; nothing of theirs is in the report's own.
    """

    identity: Identity
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    tables: tuple[TableView, ...]
    document: Document
    statements: tuple[Statement, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    family: str = ""
    units: tuple[Report, ...] = ()
    schema: str = SCHEMA

    def walk(self) -> Iterator[Section]:
        """All sections in reading order."""
        for section in self.sections:
            yield from section.walk()

    def section(self, section_id: str) -> Section:
        """The section of an id.

        Raises:
            KeyError: there is none.
        """
        for section in self.walk():
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def all(self, record_class: type[R]) -> tuple[R, ...]:
        """All records of a class, in reading order."""
        return tuple(record for record in self.records if isinstance(record, record_class))

    def get(self, record_class: type[R]) -> R | None:
        """The first record of a class, ``None`` if the report has none."""
        return next(iter(self.all(record_class)), None)

    def statement(self, statement_class: type[S]) -> S | None:
        """The first statement of a class, ``None`` if the report has none."""
        return next((s for s in self.statements if isinstance(s, statement_class)), None)

    def whereabouts(self) -> Whereabouts:
        """Level of government and administrative division of the agency, as its name tells."""
        return whereabouts(self.identity.agency or "", self.identity.fiscal_year)

    def facts(self) -> tuple[Fact, ...]:
        """Every printed figure, flat: one fact per figure, narrative and tables alike."""
        return facts_of(self)

    def check(self) -> CheckReport:
        """Reconcile the figures 勾稽: findings, and the ledger of every rule."""
        from disclosure_parser.checks import check

        return check(self)

    def places(self, anchor: Anchor) -> tuple[Place, ...]:
        """Where the characters under an anchor are printed."""
        return self.document.places(anchor)

    def text_of(self, anchor: Anchor) -> str:
        """The printed characters under an anchor."""
        return self.document.text_of(anchor)
