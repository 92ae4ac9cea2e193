"""Extractors: found by name, added and taken away, and harmless when they fail."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from attrs import field, frozen, make_class

from disclosure_parser.errors import CatalogueError
from disclosure_parser.outline.model import Section
from disclosure_parser.sections import registry as registry_module
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.narrative import Narrative
from disclosure_parser.sections.registry import register, registry, unregister
from tests.sections.support import money, report


@frozen(kw_only=True)
class Irrigation(Record):
    """A record of our own."""

    title: str


@frozen
class _Extractor:
    fails: bool = False
    name: str = "irrigation"
    record: type[Record] = Irrigation
    absorbs: frozenset[str] = frozenset()

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        return 0.9 if "灌区" in section.title else 0.0

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:  # noqa: ARG002
        if self.fails:
            raise RuntimeError("broken on purpose")
        return Irrigation(section=sections[0].id, found_by=self.name, title=sections[0].title)


@pytest.fixture
def _clean() -> Iterator[None]:
    yield
    unregister("irrigation")


SECTION = (
    "一、部门职责",
    "负责全县供水。",
    "二、青溪灌区的故事",
    "灌区投入12.5万元。",
    "三、名词解释",
    "1.灌区：指有灌溉设施的区域。",
)


@pytest.mark.usefixtures("_clean")
def test_a_registered_extractor_takes_its_sections() -> None:
    register(_Extractor())
    found = report(*SECTION)
    assert [r.title for r in found.all(Irrigation)] == ["青溪灌区的故事"]
    assert found.get(Narrative) is None
    unregister("irrigation")
    assert report(*SECTION).get(Irrigation) is None


@pytest.mark.usefixtures("_clean")
def test_an_extractor_that_fails_costs_only_its_record() -> None:
    register(_Extractor(fails=True))
    found = report(*SECTION)
    (said,) = [d for d in found.diagnostics if d.code == "section.failed"]
    assert "broken on purpose" in said.message
    narrative = found.get(Narrative)
    assert narrative is not None
    assert [money(x) for x in narrative.lines] == ["12.5万元"]


@pytest.mark.usefixtures("_clean")
def test_what_is_no_extractor_or_is_there_already_is_refused() -> None:
    register(_Extractor())
    with pytest.raises(CatalogueError, match="already"):
        register(_Extractor())
    with pytest.raises(CatalogueError, match="instance"):
        register(_Extractor)  # type: ignore[arg-type]
    with pytest.raises(CatalogueError, match="has no"):
        register(object())  # type: ignore[arg-type]


def test_records_that_the_export_cannot_tell_are_refused() -> None:
    typed = make_class("Typed", {"type": field(type=str)}, bases=(Record,), frozen=True)
    twin = make_class("Narrative", {}, bases=(Record,), frozen=True)
    for record, why in ((typed, "'type'"), (twin, "known already"), (str, "derived from Record")):
        with pytest.raises(CatalogueError, match=why):
            register(_Extractor(record=record))
    assert "irrigation" not in {extractor.name for extractor in registry().extractors}


def test_names_and_record_classes_are_unique() -> None:
    names = [extractor.name for extractor in registry().extractors]
    assert len(names) == len(set(names))
    classes = registry().record_classes()
    assert len(classes) == len(set(classes))
    assert registry_module.ENTRY_POINTS == "disclosure_parser.extractors"
