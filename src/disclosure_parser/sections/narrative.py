"""Sections that no extractor knows: their figures are kept all the same."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.outline.model import Section
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Line, Record


@frozen(kw_only=True)
class Narrative(Record):
    """The figures of a section without a record class of its own."""

    lines: tuple[Line, ...] = ()


@frozen(kw_only=True)
class NarrativeExtractor:
    """Takes any section, but suits none as well as an extractor made for it."""

    name: str = "narrative"
    record: type[Record] = Narrative
    absorbs: frozenset[str] = frozenset()

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        return 0.01

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        lines = tuple(context.lines(sections))
        if not lines:
            return None
        return Narrative(section=sections[0].id, found_by=self.name, lines=lines)


NARRATIVE = NarrativeExtractor()
