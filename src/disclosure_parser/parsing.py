"""From a source to a report: the layers in their order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from disclosure_parser import outline
from disclosure_parser.catalogue import Catalogue, load
from disclosure_parser.collector import rarely_collecting
from disclosure_parser.document import Diagnostic, Document, Severity
from disclosure_parser.errors import DisclosureError, InternalError
from disclosure_parser.identity import Identity, identify
from disclosure_parser.outline import Outline
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from disclosure_parser.report import Report
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.narrative import NARRATIVE
from disclosure_parser.sections.registry import Extractor, Registry, registry
from disclosure_parser.sections.years import years_of_sections
from disclosure_parser.statements.model import Statement
from disclosure_parser.statements.reading import read_statements, statement_diagnostics
from disclosure_parser.statements.totals import totals_of_this_year

Source = str | os.PathLike[str] | bytes | BinaryIO


def parse(
    source: Source,
    *,
    name: str | None = None,
    limits: Limits | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Parse a disclosure into typed records.

    Args:
        source: a path, the bytes of a file, or a binary file object.
        name: the name to report for bytes and file objects.
        limits: bounds on what is opened; the defaults hold any published disclosure.
        catalogue: headings and template families to use instead of the built-in ones
            (:func:`disclosure_parser.catalogue.load` with TOML files of your own).

    Raises:
        DisclosureError: the source cannot be read; no other exception leaves this function for
            any content.
    """
    try:
        with rarely_collecting():
            document = read_document(source, limits=limits or Limits(), name=name)
            return parse_document(document, catalogue=catalogue)
    except (DisclosureError, MemoryError):
        raise
    except Exception as error:
        # The last resort: a defect of ours must not end a run over an archive.
        raise InternalError(f"{type(error).__name__}: {error}") from error


def parse_document(document: Document, *, catalogue: Catalogue | None = None) -> Report:
    """Parse a document that a reader has given."""
    found = outline.build(document, catalogue or load())
    return report_of(found, identity_front=found.front)


def report_of(
    found: Outline, *, identity_front: tuple[int, ...], said: tuple[Diagnostic, ...] = ()
) -> Report:
    """The report of an outline; ``identity_front`` is the title page that tells whose it is,
    ``said`` what is known of it already."""
    document = found.document
    views = found.views
    identity, doubts = identify(document, identity_front, found.sections, views)
    context = Context(
        document=document,
        views={view.block: view for view in views},
        fiscal_year=identity.fiscal_year,
        section_years=years_of_sections(found.sections, identity.fiscal_year),
    )
    front = Section(id="", number="", title="", blocks=found.front)
    extraction = _Extraction(context, registry())
    records = tuple(extraction.records((front, *found.sections)))
    statements = totals_of_this_year(tuple(extraction.statements(views, identity)))
    report = Report(
        identity=identity,
        sections=found.sections,
        records=records,
        tables=views,
        document=document,
        statements=statements,
        diagnostics=(
            *said,
            *document.diagnostics,
            *found.diagnostics,
            *doubts,
            *extraction.diagnostics,
            *statement_diagnostics(statements),
        ),
        family=found.family,
    )
    if not document.recognised:
        return report
    from disclosure_parser.recognised import with_doubts

    return with_doubts(report)


class _Extraction:
    """Runs the extractors over the section tree; one that fails costs only its own record."""

    def __init__(self, context: Context, known: Registry) -> None:
        self._context = context
        self._known = known
        self.diagnostics: list[Diagnostic] = []

    def records(self, sections: tuple[Section, ...]) -> Iterator[Record]:
        for section in sections:
            extractor = self._best(section)
            if extractor is None:
                yield from self.records(section.children)
                continue
            taken, left = _absorbed(section, extractor.absorbs)
            record = self._extract(extractor, taken)
            if record is not None:
                yield record
            yield from self.records(left)

    def statements(self, views: Iterable[TableView], identity: Identity) -> Iterator[Statement]:
        """The statements of the tables; a table that fails costs only itself."""
        year, kind = identity.fiscal_year, identity.kind
        for view in views:
            try:
                found = read_statements(
                    self._context.document, (view,), fiscal_year=year, kind=kind
                )
            except MemoryError:
                raise
            except Exception as error:
                title = view.title.text if view.title is not None else "without a title"
                self.diagnostics.append(
                    Diagnostic(
                        code="statements.failed",
                        message=f"table {title}: {type(error).__name__}: {error}",
                        severity=Severity.ERROR,
                        anchor=view.title.anchor if view.title is not None else None,
                    )
                )
            else:
                yield from found

    def _best(self, section: Section) -> Extractor | None:
        try:
            return self._known.best(section, self._context)
        except MemoryError:
            raise
        except Exception as error:  # an extractor of anybody's
            self._failed(section, "choosing an extractor", error)
            return NARRATIVE

    def _extract(self, extractor: Extractor, taken: tuple[Section, ...]) -> Record | None:
        try:
            record = extractor.extract(taken, self._context)
            if record is None or type(record) is extractor.record:
                return record
            raise TypeError(f"gave a {type(record).__name__}, not a {extractor.record.__name__}")
        except MemoryError:
            raise
        except Exception as error:  # an extractor of anybody's
            self._failed(taken[0], f"extractor {extractor.name!r}", error)
        if extractor is NARRATIVE:
            return None
        # The figures of the section's prose are kept all the same.
        return self._extract(NARRATIVE, taken)

    def _failed(self, section: Section, what: str, error: Exception) -> None:
        name = f"section {section.id or '(front)'} {section.number}{section.title}".rstrip()
        self.diagnostics.append(
            Diagnostic(
                code="section.failed",
                message=f"{name}: {what} failed: {type(error).__name__}: {error}",
                severity=Severity.ERROR,
                anchor=section.heading,
            )
        )


def _absorbed(
    section: Section, kinds: frozenset[str]
) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """A section with the subsections its record takes along, and those left for others."""
    taken: list[Section] = [section]
    left: list[Section] = []
    for child in section.children:
        if child.kind == "" or child.kind in kinds:
            inner_taken, inner_left = _absorbed(child, kinds)
            taken.extend(inner_taken)
            left.extend(inner_left)
        else:
            left.append(child)
    return tuple(taken), tuple(left)
