"""Legacy documents that LibreOffice writes read as the .docx files they were made from."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from disclosure_parser.document import Document, Table
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from tests.conftest import CORPUS, real_reports

pytest.importorskip("olefile", reason="needs the extra doc")
SOFFICE = shutil.which("soffice")
REPORTS = sorted(CORPUS.glob("*/report.docx"))
LEGACY = [path for path in real_reports() if path.suffix in (".doc", ".wps")]


def content(document: Document) -> list[object]:
    """What a document says and how it looks, without the places."""
    return [
        [(c.row, c.column, c.row_span, c.column_span, c.text, c.indent) for c in block.cells]
        if isinstance(block, Table)
        else (block.role, block.text, block.generated, block.style)
        for block in document.blocks
    ]


def convert(paths: list[Path], target: str, folder: Path) -> list[Path]:
    """Convert files by LibreOffice."""
    assert SOFFICE is not None
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
         target, "--outdir", str(folder / target), *map(str, paths)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return [folder / target / f"{path.stem}.{target}" for path in paths]


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice to write legacy documents")
def test_the_corpus_as_legacy_documents(tmp_path: Path) -> None:
    named = []
    for path in REPORTS:
        named.append(tmp_path / f"{path.parent.name}.docx")
        shutil.copy(path, named[-1])
    legacy = convert(named, "doc", tmp_path)
    # Both as LibreOffice writes them: it changes some things on the way.
    modern = convert(legacy, "docx", tmp_path)
    assert legacy
    for old, new in zip(legacy, modern, strict=True):
        read = [read_document(path, limits=Limits()) for path in (old, new)]
        assert content(read[0]) == content(read[1]), old.name


@pytest.mark.real
@pytest.mark.skipif(not LEGACY, reason="DISCLOSURE_REAL_CORPUS names no legacy Word document")
@pytest.mark.parametrize("path", LEGACY, ids=lambda path: path.name)
def test_published_documents(path: Path) -> None:
    document = read_document(path, limits=Limits())
    assert sum(len(block.text) for _, block in document.paragraphs()) > 1_000
    assert not document.diagnostics
