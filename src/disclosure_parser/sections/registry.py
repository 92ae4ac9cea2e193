"""The registry of extractors: ours, the user's, and those of other packages.

An extractor reads one kind of section into one record class. A package adds its own through the
entry point group ``disclosure_parser.extractors``; a program calls :func:`register`.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

from attrs import field, fields_dict, frozen, has

from disclosure_parser.errors import CatalogueError
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record

ENTRY_POINTS = "disclosure_parser.extractors"


@runtime_checkable
class Extractor(Protocol):
    """Reads sections into records.

    ``name`` is unique; ``record`` is the class of the records it gives (a frozen attrs class
    derived from :class:`Record`); ``absorbs`` are the kinds of subsections that belong to the
    record of the section above them (subsections of unknown kind always do).
    """

    @property
    def name(self) -> str: ...

    @property
    def record(self) -> type[Record]: ...

    @property
    def absorbs(self) -> frozenset[str]: ...

    def suits(self, section: Section, context: Context) -> float:
        """How well the section suits, from 0 (not at all) to 1; the best extractor wins."""
        ...

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        """The record of a section and its absorbed subsections (the section comes first)."""
        ...


@frozen
class Registry:
    """Extractors by name, in the order in which they were added."""

    extractors: tuple[Extractor, ...] = field(factory=tuple)

    def best(self, section: Section, context: Context) -> Extractor | None:
        """The extractor that suits a section best; the later one wins a tie."""
        best, score = None, 0.0
        for extractor in self.extractors:
            suits = extractor.suits(section, context)
            if suits >= score and suits > 0:
                best, score = extractor, suits
        return best

    def record_classes(self) -> tuple[type[Record], ...]:
        """The record classes, each once."""
        return tuple(dict.fromkeys(extractor.record for extractor in self.extractors))


_added: list[Extractor] = []
_cache: list[Registry] = []


def register(extractor: Extractor) -> Extractor:
    """Add an extractor for this process; returns it, so that it can be used as a decorator.

    Raises:
        CatalogueError: it is not an extractor, its record is no subclass of :class:`Record` that
            the export can tell from the others, or its name is taken.
    """
    if isinstance(extractor, type):
        raise CatalogueError(f"register an instance, not the class {extractor.__name__}")
    if not isinstance(extractor, Extractor):
        raise CatalogueError(f"{extractor!r} has no name, record, absorbs, suits and extract")
    known = registry().extractors
    if extractor.name in {other.name for other in known}:
        raise CatalogueError(f"an extractor named {extractor.name!r} is registered already")
    _refuse_unfit(extractor.record, {other.record for other in known})
    _added.append(extractor)
    _cache.clear()
    return extractor


def _refuse_unfit(record: object, known: set[type[Record]]) -> None:
    """A record is exported under its class's name with its fields beside ``type``."""
    if not (isinstance(record, type) and issubclass(record, Record) and has(record)):
        raise CatalogueError(f"{record!r} is not an attrs class derived from Record")
    if "type" in fields_dict(record):
        raise CatalogueError(f"{record.__name__}: no field of a record can be called 'type'")
    if record not in known and record.__name__ in {other.__name__ for other in known}:
        raise CatalogueError(f"a record class named {record.__name__!r} is known already")


def unregister(name: str) -> None:
    """Take an extractor added by :func:`register` away again."""
    _added[:] = [extractor for extractor in _added if extractor.name != name]
    _cache.clear()


def registry() -> Registry:
    """The extractors in force: built in, then installed packages', then registered ones."""
    if not _cache:
        from disclosure_parser.sections import BUILT_IN

        _cache.append(Registry((*BUILT_IN, *_installed(), *_added)))
    return _cache[0]


def _installed() -> list[Extractor]:
    found: list[Extractor] = []
    for entry in entry_points(group=ENTRY_POINTS):
        try:
            loaded = entry.load()
            extractor = loaded() if isinstance(loaded, type) else loaded
        except Exception as error:
            raise CatalogueError(f"entry point {entry.value!r} fails to load: {error}") from error
        if not isinstance(extractor, Extractor):
            raise CatalogueError(f"entry point {entry.value!r} is not an extractor")
        found.append(extractor)
    return found
