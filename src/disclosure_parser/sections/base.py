"""The common part of the built-in extractors."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.outline.model import Section
from disclosure_parser.sections.context import Context


@frozen(kw_only=True)
class ByKind:
    """An extractor that takes the sections of certain kinds."""

    name: str
    kinds: frozenset[str]
    absorbs: frozenset[str] = frozenset()

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        """1 for the extractor's kinds, else 0."""
        return 1.0 if section.kind in self.kinds else 0.0

    def found_by(self, section: Section) -> str:
        """What led to the record: the extractor, the section's kind and its basis."""
        return f"{self.name}: {section.kind} ({section.basis})" if section.basis else self.name
