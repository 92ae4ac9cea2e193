"""Published reports as plain text, where the environment names a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_parser.document import Document
from disclosure_parser.readers import Limits, read_document
from tests.conftest import real_reports
from tests.readers.test_text_properties import check_characters

TEXTS = [path for path in real_reports() if path.suffix == ".txt"]

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TEXTS, reason="DISCLOSURE_REAL_CORPUS and DISCLOSURE_SEED name no text"),
]


def content(document: Document) -> list[object]:
    return [
        [(c.row, c.column, c.row_span, c.column_span, c.text) for c in block.cells]
        if hasattr(block, "cells")
        else (block.role, block.text)
        for block in document.blocks
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_every_character_is_in_its_place(path: Path) -> None:
    document = check_characters(path.read_bytes().decode("utf-8"))
    assert list(document.tables())
    assert not document.diagnostics


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_change_nothing(path: Path, encoding: str, end: str) -> None:
    text = path.read_bytes().decode("utf-8")
    expected = content(read_document(text.encode(), limits=Limits()))
    changed = text.replace("\n", end).encode(encoding)
    assert content(read_document(changed, limits=Limits())) == expected
