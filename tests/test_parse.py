"""The front door: what ``parse`` gives, what it raises, and what importing costs."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import disclosure_parser
from disclosure_parser import DisclosureError, InternalError, Report, SourceError, parse
from disclosure_parser.document import Document, Severity
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.narrative import Narrative
from disclosure_parser.sections.registry import Extractor, register, unregister
from disclosure_parser.statements.reading import read_statements
from tests.conftest import CORPUS, corpus_reports, real_reports

TEXT = """南岭市档案馆2024年部门预算
一、部门职责
（一）保管档案。
二、收支总体情况
收入合计100.50万元。
三、机关运行经费情况
机关运行经费12.30万元，较上年增加1.10万元。
""".encode()


def test_bytes_paths_and_files_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "made.txt"
    path.write_bytes(TEXT)
    first = parse(TEXT, name="made.txt")
    assert parse(io.BytesIO(TEXT), name="made.txt") == first
    assert parse(str(path)).records == first.records == parse(path).records
    assert first.identity.agency == "南岭市档案馆"


@pytest.mark.parametrize("source", ["gone.txt", "."])
def test_sources_that_cannot_be_opened(source: str) -> None:
    with pytest.raises(SourceError):
        parse(source)


@given(data=st.binary(max_size=300))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_a_report_or_an_error_of_ours(data: bytes) -> None:
    _report_or_error(data)


@pytest.mark.parametrize("path", corpus_reports()[::3], ids=lambda p: f"{p.parent.name}/{p.name}")
@given(data=st.data())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_reports_give_a_report_or_an_error_of_ours(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    cut = data.draw(st.integers(0, len(content)))
    for _ in range(data.draw(st.integers(0, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _report_or_error(bytes(content[:cut]))
    _report_or_error(bytes(content))


def _report_or_error(data: bytes) -> None:
    try:
        report = parse(data)
    except InternalError:
        raise
    except DisclosureError as error:
        said = str(error)
    else:
        report.facts()
        return
    assert said, "an error says what was wrong"


@frozen(kw_only=True)
class Failing:
    """An extractor that breaks where it is told to."""

    name: str = "failing"
    record: type[Record] = Narrative
    absorbs: frozenset[str] = frozenset()
    suiting: Exception | None = None
    gives: object = None

    def suits(self, section: Section, context: Context) -> float:  # noqa: ARG002
        if self.suiting is not None:
            raise self.suiting
        return 2.0 if section.kind == "operating_funds" else 0.0

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:  # noqa: ARG002
        if self.gives is None:
            raise ZeroDivisionError("no luck")
        return self.gives  # type: ignore[return-value]


def _with(extractor: Extractor) -> Report:
    register(extractor)
    try:
        return parse(TEXT)
    finally:
        unregister(extractor.name)


def test_an_extractor_that_raises_costs_only_its_own_record() -> None:
    report = _with(Failing())
    (said,) = [d for d in report.diagnostics if d.code == "section.failed"]
    assert said.severity is Severity.ERROR
    assert "failing" in said.message
    assert "ZeroDivisionError: no luck" in said.message
    assert "机关运行经费" in said.message
    whole = parse(TEXT)
    assert len(report.records) == len(whole.records)
    printed = {(fact.text, fact.measure) for fact in whole.facts()}
    assert {(fact.text, fact.measure) for fact in report.facts()} == printed, "no figure is lost"


def test_an_extractor_that_gives_something_else() -> None:
    report = _with(Failing(gives="a record, honestly"))
    (said,) = [d for d in report.diagnostics if d.code == "section.failed"]
    assert "gave a str, not a Narrative" in said.message


def test_an_extractor_that_cannot_choose() -> None:
    report = _with(Failing(suiting=KeyError("kind")))
    codes = [d.code for d in report.diagnostics]
    assert codes.count("section.failed") == len(list(report.walk())) + 1
    assert any(fact.text == "12.30万元" for fact in report.facts())


def test_a_table_that_fails_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    path = CORPUS / "hebei-budget" / "report.a.txt"
    whole = parse(path)

    def broken(document: Document, views: tuple[TableView, ...], **known: Any) -> Any:
        if views[0] == whole.tables[1]:
            raise IndexError("no such lane")
        return read_statements(document, views, **known)

    monkeypatch.setattr("disclosure_parser.parsing.read_statements", broken)
    report = parse(path)
    (said,) = [d for d in report.diagnostics if d.code == "statements.failed"]
    assert "IndexError: no such lane" in said.message
    assert len(report.statements) == len(whole.statements) - 1
    assert len(report.facts()) == len(whole.facts())


def test_a_sound_report_says_nothing_failed() -> None:
    assert "section.failed" not in {d.code for d in parse(TEXT).diagnostics}


def test_a_defect_of_ours_does_not_escape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure_parser.parsing.identify", lambda *_: 1 // 0)
    with pytest.raises(InternalError, match="ZeroDivisionError"):
        parse(TEXT)


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_importing_loads_nothing_heavy() -> None:
    heavy = "pdfplumber pdfminer pypdfium2 docx lxml typer click rich attrs cattrs jsonschema"
    code = (
        f"import sys, disclosure_parser; print(*[m for m in {heavy.split()} if m in sys.modules])"
    )
    assert _run(code) == ""


def test_importing_takes_no_time() -> None:
    code = (
        "import time; start = time.perf_counter(); import disclosure_parser;"
        " print(time.perf_counter() - start)"
    )
    assert min(float(_run(code)) for _ in range(3)) < 0.1


def test_text_is_parsed_without_the_other_readers() -> None:
    code = (
        "import sys, disclosure_parser as d; d.parse('收入合计1万元。'.encode());"
        " print(*[m for m in ('pdfplumber', 'pypdfium2', 'docx', 'typer') if m in sys.modules])"
    )
    assert _run(code) == ""


def test_everything_public_is_there() -> None:
    for name in disclosure_parser.__all__:
        assert getattr(disclosure_parser, name) is not None
    assert set(dir(disclosure_parser)) == set(disclosure_parser.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = disclosure_parser.nothing


@pytest.mark.real
@pytest.mark.skipif(not real_reports(), reason="DISCLOSURE_REAL_CORPUS and DISCLOSURE_SEED unset")
@pytest.mark.parametrize("path", real_reports(), ids=lambda p: p.name)
def test_published_reports(path: Path) -> None:
    try:
        report = parse(path)
    except InternalError:
        raise
    except DisclosureError as error:
        pytest.skip(f"[{error.code}] {error}")
    assert disclosure_parser.from_json(disclosure_parser.to_json(report)) == report
    for fact in report.facts():
        assert report.text_of(fact.anchor).strip(), "every fact stands where its anchor says"
