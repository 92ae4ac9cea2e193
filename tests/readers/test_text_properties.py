"""Plain text: nothing lost, nothing doubled, every place exact, for any text."""

from __future__ import annotations

import contextlib
import gc
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Cell, Document, Paragraph, Role
from disclosure_parser.errors import DisclosureError, EmptyDocumentError
from disclosure_parser.readers import Limits, read_document

BREAKS = ["\t", "\n", "\n\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028", " ", "\u3000"]
PRINTED = ["项目", "金额", "1.5", "一、", "。", "合计", "：", "《甲》", "——", "\\", "≥"]
FIELDS = ["PAGEREF _Toc12 \\h", "TC 甲 \\f A \\l 1 ", 'TOC \\o "1-3" \\h', 'HYPERLINK \\l "_Toc1"']
WORDS = st.sampled_from([*BREAKS, *PRINTED, *FIELDS])
TEXTS = st.lists(WORDS, max_size=60).map("".join)
CELL = st.sampled_from(["", "项目", "金额", "1.5", "0.45", "合计", "甲\n乙"])
TABLES = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6)


def holders(document: Document) -> list[Paragraph | Cell]:
    found: list[Paragraph | Cell] = []
    for block in document.blocks:
        found.extend([block] if isinstance(block, Paragraph) else block.cells)
    return found


def check_characters(text: str) -> Document:
    """Every printed character stands in exactly one block, at the place it is printed."""
    document = read_document(text.encode("utf-8"), limits=Limits())
    lines = re.split("\r\n|\n|\r", text)
    seen: set[tuple[int, int]] = set()
    for holder in holders(document):
        covered = 0
        for fragment in holder.fragments:
            line, offset = fragment.place.line, fragment.place.offset
            assert line is not None
            assert offset is not None
            length = fragment.end - fragment.start
            assert (
                holder.text[fragment.start : fragment.end]
                == lines[line - 1][offset : offset + length]
            )
            places = {(line, offset + i) for i in range(length)}
            assert not places & seen, "a character stands in two blocks"
            seen |= places
            covered += length
        assert len(holder.text) - covered == holder.text.count("\n")
    missing = [
        (number, offset)
        for number, line in enumerate(lines, start=1)
        for offset, character in enumerate(line)
        if not character.isspace() and (number, offset) not in seen
    ]
    assert not missing
    return document


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_character_is_lost_or_doubled(text: str) -> None:
    try:
        check_characters(text)
    except EmptyDocumentError:
        assert not text.strip()


@given(TABLES, st.sampled_from("abc"))
@settings(max_examples=200, deadline=None)
def test_no_character_of_a_table_is_lost(rows: list[list[str]], form: str) -> None:
    lines = ["项目情况见下表。"]
    for row in rows:
        if form == "a":
            lines.extend([*(f"\t{cell}" for cell in row), ""])
        elif form == "b":
            lines.append("".join(f"\t{cell}" for cell in row))
        else:
            lines.append("\t".join(cell.replace("\n", "") for cell in row))
    lines.extend(["", "二、其他", ""])
    check_characters("\n".join(lines))


@given(TABLES)
@settings(max_examples=200, deadline=None)
def test_cells_never_share_a_position(rows: list[list[str]]) -> None:
    text = "".join("\t".join(["名", "数", *row]).replace("\n", "") + "\n" for row in rows)
    for _, table in read_document(text.encode(), limits=Limits()).tables():
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            places = {
                (cell.row + i, cell.column + j)
                for i in range(cell.row_span)
                for j in range(cell.column_span)
            }
            assert not places & taken
            assert all(r < table.rows and c < table.columns for r, c in places)
            taken |= places


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_document_or_an_error_of_ours(data: bytes) -> None:
    try:
        assert read_document(data, limits=Limits()).blocks
    except DisclosureError as error:
        assert str(error)  # noqa: PT017 - most bytes are refused, and then with a message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_fields_are_blocks_of_their_own(encoding: str) -> None:
    text = (
        '一、概况 TC 一、概况 \\f A \\l 1 \n支出\t PAGEREF _Toc7 \\h 3\nTOC \\o "1-3" \\h \\z \\u\n'
    )
    document = read_document(text.encode(encoding), limits=Limits())
    fields = [block.text.strip() for _, block in document.paragraphs(Role.FIELD)]
    assert fields == ["TC 一、概况 \\f A \\l 1", "PAGEREF _Toc7 \\h", 'TOC \\o "1-3" \\h \\z \\u']
    assert [block.text for _, block in document.paragraphs()] == ["一、概况", "支出\t 3"]


def test_words_that_only_look_like_fields_stay() -> None:
    text = "TC 是部门编号。\nPAGE 1\nTOC 目录\n见 HYPERLINK 一词\n路径 C:\\TC\\f\n"
    document = read_document(text.encode(), limits=Limits())
    assert [b.text for _, b in document.paragraphs()] == text.splitlines()
    assert not list(document.paragraphs(Role.FIELD))


PATHOLOGICAL = {
    "tabs": "\t" * 300_000,
    "newlines": "\n" * 300_000,
    "empty cells": "\t\n" * 100_000,
    "rows": "\t甲\n\n" * 60_000,
    "cells and text": "\t甲\n乙\n" * 60_000,
    "text below a cell": "\t甲\n" + "乙\n" * 100_000,
    "tabs inside": "甲\t乙\n丙\n" * 20_000,
    "both forms": "\t甲\t乙\n丙\t丁\t戊\n" * 10_000,
    "cells before a line with a tab": "\t甲\n" * 40_000 + "乙\t丙\n",
    "half fields": "TC " * 60_000 + "\\",
    "half links": 'HYPERLINK "' * 20_000,
    "page breaks": "甲\f" * 40_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_time_stays_linear(name: str) -> None:
    """Twice the text takes about twice the time (some slack for a busy machine)."""
    text = PATHOLOGICAL[name]

    def once(data: bytes) -> float:
        # What other tests have left in memory is not this reader's to sweep.
        gc.collect()
        gc.disable()
        start = time.process_time()
        try:
            with contextlib.suppress(DisclosureError):
                read_document(data, limits=Limits())
            return time.process_time() - start
        finally:
            gc.enable()

    def seconds(data: bytes) -> float:
        return min(once(data) for _ in range(3))

    half, whole = (text[: len(text) // 2].encode(), text.encode())
    assert seconds(whole) < 6 * seconds(half) + 0.5
