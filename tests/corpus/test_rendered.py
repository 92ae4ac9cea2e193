"""The rendered files of the corpus belong to their sources."""

from __future__ import annotations

import json

import pytest
from corpus.build import MANIFEST, ROOT, digest, file_name, render, reports
from corpus.source import load

from corpus import parts
from disclosure_parser.readers import Limits, read_document

FOLDERS = reports()
TEXT_AND_WORD = [
    (folder.name, form) for folder in FOLDERS for form in load(folder).formats if form != "pdf"
]


@pytest.mark.parametrize(("name", "form"), TEXT_AND_WORD)
def test_text_and_word_are_rendered_from_the_source(name: str, form: str) -> None:
    folder = ROOT / name
    assert render(load(folder), form) == (folder / file_name(form)).read_bytes(), (
        "run `make corpus`"
    )


@pytest.mark.parametrize("name", [f.name for f in FOLDERS if "parts" in load(f).settings])
def test_the_parts_are_rendered_from_the_source(name: str) -> None:
    for part, data in parts.render(load(ROOT / name)).items():
        committed = (ROOT / name / "parts" / part).read_bytes()
        # The bytes of a workbook are the library's affair, the cells are ours.
        one, two = (read_document(d, limits=Limits()).blocks for d in (data, committed))
        assert one == two, "run `make corpus`"


@pytest.mark.parametrize("name", [folder.name for folder in FOLDERS])
def test_the_manifest_holds_the_files(name: str) -> None:
    """A PDF needs LibreOffice to be made anew; that its source is the one it was made from is
    told by the manifest."""
    folder = ROOT / name
    entry = json.loads(MANIFEST.read_text("utf-8"))[name]
    report = load(folder)
    files = ["source.txt", *(file_name(form) for form in report.formats)]
    if "parts" in report.settings:
        files += [f"parts/{part}" for part in parts.FILES]
    assert set(entry) == set(files)
    assert {file: digest((folder / file).read_bytes()) for file in files} == entry, (
        "run `make corpus`"
    )


def test_the_manifest_names_every_report() -> None:
    assert set(json.loads(MANIFEST.read_text("utf-8"))) == {folder.name for folder in FOLDERS}


def test_rendering_does_not_depend_on_the_time() -> None:
    report = load(ROOT / "hebei-budget")
    assert render(report, "docx") == render(report, "docx")


def test_a_changed_source_is_noticed() -> None:
    """The check can fail: one character more gives other bytes in every form."""
    report = load(ROOT / "hebei-budget")
    other = load(ROOT / "slips")
    for form in ("b", "docx"):
        assert render(report, form) != render(other, form)
