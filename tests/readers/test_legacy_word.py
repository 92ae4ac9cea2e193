"""Legacy Word documents: what is printed, what is only in the file, and tables with their spans."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser.document import Document, Role, Table
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    UnsupportedFormatError,
)
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from tests.readers.doc_files import (
    BOLD,
    CENTRED,
    DELETED,
    HIDDEN,
    IN_TABLE,
    ROW_END,
    Doc,
    Par,
    list_item,
    lists,
    row,
    sprm,
)

pytest.importorskip("olefile", reason="needs the extra doc")


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_document(data, limits=limits or Limits(), name="报告.doc")


def document(*paragraphs: Par | str, **more: object) -> Document:
    pars = [Par([item]) if isinstance(item, str) else item for item in paragraphs]
    return read(Doc(stories={"document": pars}, **more).build())  # type: ignore[arg-type]


def texts(found: Document, role: Role = Role.TEXT) -> list[str]:
    return [block.text for _, block in found.paragraphs(role)]


def tables(found: Document) -> list[Table]:
    return [table for _, table in found.tables()]


def cell(text: str, modifiers: bytes = IN_TABLE) -> Par:
    return Par([text], modifiers, "\x07")


def test_paragraphs_and_their_looks() -> None:
    found = document(
        Par([("标题", BOLD + sprm(0x4A43, 44, 0))], CENTRED), "正文", "", Par([("粗", BOLD), "细"])
    )
    assert found.source.format == "doc"
    assert texts(found) == ["标题", "正文", "粗细"]
    styles = [block.style for _, block in found.paragraphs()]
    assert (styles[0].bold, styles[0].centred, styles[0].size) == (True, True, 22.0)
    assert not styles[1].bold
    assert not styles[2].bold
    (fragment,) = next(block for _, block in found.paragraphs()).fragments
    assert (fragment.place.part, fragment.place.item) == ("document", 1)


def test_deleted_and_hidden_text_is_not_printed() -> None:
    found = document(
        Par(["收入", ("100.00", DELETED), "200.00万元", ("秘", HIDDEN)]),
        Par(["前段"], mark_modifiers=DELETED),
        "后段",
    )
    assert texts(found) == ["收入200.00万元", "前段后段"]
    assert texts(found, Role.HIDDEN) == ["100.00", "秘"]


def test_fields_print_their_result() -> None:
    found = document(
        "第\x13 PAGE \\* Arabic \x143\x15页",
        "\x13 TOC \\o \x14一、概况\t1",
        "二、收支\t2\x15",
        "\x13 TC 标题 \x15正文",
        "丢了\x13一半",
    )
    assert texts(found) == ["第3页", "正文", "丢了一半"]
    assert texts(found, Role.CONTENTS) == ["一、概况\t1", "二、收支\t2"]
    assert " TC 标题 " in texts(found, Role.FIELD)
    assert "doc.field_marks" in {said.code for said in found.diagnostics}


def test_special_characters() -> None:
    found = document("甲\x0b乙\x1e丙\x1f丁\t𠮷", Par(["页一\x0c页二"]), Par(["\x01"]))
    assert texts(found) == ["甲\n乙-丙丁\t𠮷", "页一\n页二"]
    assert "doc.picture" in {said.code for said in found.diagnostics}


def test_symbols_of_fonts() -> None:
    name = "Symbol\0".encode("utf-16-le")
    fonts = struct.pack("<2H", 1, 0) + bytes([39 + len(name)]) + bytes(39) + name
    symbol = sprm(0x6A09, 0, 0, 0xB3, 0xF0) + sprm(0x0855, 1)
    assert texts(document(Par(["指标", ("(", symbol), "95"]), tables={15: fonts})) == ["指标≥95"]
    unknown = sprm(0x6A09, 9, 0, 0xB3, 0xF0)
    found = document(Par([("(", unknown)]), tables={15: fonts})
    assert "doc.symbol" in {said.code for said in found.diagnostics}


def test_automatic_numbers() -> None:
    described, levels = lists([(37, "\0、", 1), (37, "（\1）", 1), (0, "\2.", 3)])
    found = document(
        Par(["概况"], list_item(1)), Par(["职责"], list_item(1, 1)), Par(["机构"], list_item(1, 1)),
        Par(["小项"], list_item(1, 2)), Par(["收支"], list_item(1)), Par(["说明"], list_item(1, 1)),
        tables=described, behind=levels,
    )  # fmt: skip
    assert texts(found) == [
        "一、概况", "（一）职责", "（二）机构", "3.小项", "二、收支", "（一）说明",
    ]  # fmt: skip
    assert [block.generated for _, block in found.paragraphs()] == [2, 3, 3, 2, 2, 3]
    lost = document(Par(["概况"], list_item(4)))
    assert texts(lost) == ["概况"]
    assert "doc.numbering" in {said.code for said in lost.diagnostics}


VERTICAL, RESTART = 0x20, 0x60


def test_a_table_with_merged_cells() -> None:
    found = document(
        "收入表",
        cell("科目"), cell("金额"), Par([""], ROW_END + row([0, 2000, 6010], [RESTART]), "\x07"),
        cell(""), cell("上年"), cell("本年"),
        Par([""], ROW_END + row([5, 2000, 4000, 6000], [VERTICAL]), "\x07"),
        cell("甲"), Par(["第一行"], IN_TABLE), cell("第二行"), cell("3"),
        Par([""], ROW_END + row([0, 2000, 4000, 6000]), "\x07"),
        cell("合并"), cell("被盖"), cell("9"),
        Par([""], ROW_END + row([0, 2000, 4000, 6000], [1, 2]), "\x07"),
        "完",
    )  # fmt: skip
    (table,) = tables(found)
    assert (table.rows, table.columns) == (4, 3)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells] == [
        (0, 0, 2, 1, "科目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "上年"), (1, 2, 1, 1, "本年"),
        (2, 0, 1, 1, "甲"), (2, 1, 1, 1, "第一行\n第二行"), (2, 2, 1, 1, "3"),
        (3, 0, 1, 2, "合并"), (3, 2, 1, 1, "9"),
    ]  # fmt: skip
    assert texts(found) == ["收入表", "完"]
    assert texts(found, Role.HIDDEN) == ["被盖"]


def test_a_deleted_row_is_not_printed() -> None:
    (table,) = tables(
        document(
            cell("甲"), Par([""], ROW_END + row([0, 900]), "\x07"),
            cell("乙"), Par([""], ROW_END + row([0, 900]), "\x07", DELETED),
            cell("丙"), Par([""], ROW_END + row([0, 900]), "\x07"),
        )
    )  # fmt: skip
    assert [c.text for c in table.cells] == ["甲", "丙"]


def test_a_row_definition_kept_apart() -> None:
    modifiers = row([0, 2000, 3000])
    data = bytes(8) + struct.pack("<H", len(modifiers)) + modifiers
    huge = ROW_END + struct.pack("<HI", 0x6646, 8)
    (table,) = tables(document(cell("甲"), cell("乙"), Par([""], huge, "\x07"), data=data))
    assert [(c.column, c.text) for c in table.cells] == [(0, "甲"), (1, "乙")]


def test_a_table_in_a_cell() -> None:
    inner = IN_TABLE + struct.pack("<Hi", 0x6649, 2)
    end = inner + sprm(0x244B, 1)
    found = document(
        Par(["外"], IN_TABLE),
        Par(["内一"], end), Par(["内二"], end),
        Par([""], inner + sprm(0x244C, 1) + row([0, 500, 900])),
        cell("后"), cell("邻"), Par([""], ROW_END + row([0, 2000, 4000]), "\x07"),
    )  # fmt: skip
    outer, nested = tables(found)
    assert [c.text for c in outer.cells] == ["外\n后", "邻"]
    assert [c.text for c in nested.cells] == ["内一", "内二"]
    assert nested.container is not None
    assert (nested.container.row, nested.container.column, nested.container.start) == (0, 0, 1)


def test_rows_without_a_definition_keep_their_cells() -> None:
    (table,) = tables(document(cell("甲"), cell("乙"), cell("丙"), "完"))
    assert [c.text for c in table.cells] == ["甲", "乙", "丙"]


def test_notes_and_headers() -> None:
    stories = {
        "document": [Par(["正文\x02后"])], "footnotes": [Par(["\x02脚注"])],
        "header": [Par(["页眉"])], "comments": [Par(["批注"])],
    }  # fmt: skip
    found = read(Doc(stories=stories).build())
    assert texts(found) == ["正文后"]
    assert texts(found, Role.NOTE) == ["脚注"]
    assert texts(found, Role.FURNITURE) == ["页眉"]
    assert {said.code for said in found.diagnostics} == {"doc.comments"}


def test_a_text_box_follows_the_paragraph_it_hangs_on() -> None:
    anchors = struct.pack("<2II22x", 1, 9, 1025)
    boxes = struct.pack("<2I", 0, 4) + struct.pack("<14xI4x", 1025)
    stories = {"document": [Par(["甲\x08"]), Par(["乙"])], "textbox": [Par(["框内字"])]}
    found = read(Doc(stories=stories, tables={40: anchors, 56: boxes}).build())
    assert texts(found) == ["甲", "框内字", "乙"]
    unplaced = read(Doc(stories=stories, tables={56: boxes}).build())
    assert sorted(texts(unplaced)) == sorted(["甲", "乙", "框内字"])


def test_locked_and_old_documents() -> None:
    plain = {"document": [Par(["甲"])]}
    with pytest.raises(EncryptedDocumentError, match="password"):
        read(Doc(stories=plain, flags=0x0100).build())
    with pytest.raises(UnsupportedFormatError, match="Word 95"):
        read(Doc(stories=plain, version=0x65).build())
    with pytest.raises(EmptyDocumentError):
        read(Doc(stories={"document": [Par([""])]}).build())
    with pytest.raises(CorruptDocumentError):
        read(Doc(stories=plain, tables={33: b""}).build())


def test_lost_text_is_said() -> None:
    pieces = struct.pack("<3I", 0, 2, 900_000) + struct.pack("<HIH", 0, 0x800, 0)
    pieces += struct.pack("<HIH", 0, 0x804, 0)
    table = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    data = bytearray(Doc(stories={"document": [Par(["甲乙"])]}, tables={33: table}).build())
    at = data.find(struct.pack("<2H", 0xA5EC, 0xC1))
    struct.pack_into("<i", data, at + 76, 900_000)
    found = read(bytes(data))
    assert texts(found)[0].startswith("甲乙")
    assert "doc.truncated" in {said.code for said in found.diagnostics}


def test_limits() -> None:
    data = Doc(stories={"document": [cell("甲")] * 30}).build()
    with pytest.raises(LimitExceededError):
        read(data, Limits(cells=20))
    with pytest.raises(LimitExceededError):
        read(data, Limits(characters=20))
    deep = Par(["甲"], IN_TABLE + struct.pack("<Hi", 0x6649, 900))
    with pytest.raises(LimitExceededError):
        document(deep)


WHOLE = Doc(
    stories={
        "document": [
            Par([("标题", BOLD)], CENTRED), Par(["\x13 TOC \x14一\x15"]),
            cell("甲"), cell("乙"), Par([""], ROW_END + row([0, 500, 900], [RESTART]), "\x07"),
            Par(["概况"], list_item(1)), Par(["图\x08"]),
        ],
        "textbox": [Par(["框"])], "footnotes": [Par(["注"])],
    },
    tables={
        **lists([(37, "\0、", 1)])[0], 40: struct.pack("<2II22x", 14, 15, 9),
        56: struct.pack("<2I", 0, 2) + struct.pack("<14xI4x", 9),
    },
    behind=lists([(37, "\0、", 1)])[1],
).build()  # fmt: skip


def test_damaged_documents() -> None:
    rng = random.Random(11)
    for _ in range(400):
        data = bytearray(WHOLE)
        for _ in range(rng.randrange(1, 30)):
            data[rng.randrange(len(data))] = rng.choice((0, 255, rng.randrange(256)))
        cut = len(data) if rng.random() < 0.7 else rng.randrange(len(data))
        try:
            read(bytes(data[:cut]))
        except DisclosureError:
            continue


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text("甲1一、\x07\x0b\x0c\x13\x14\x15\x01\x08𠮷 \t", max_size=12), min_size=1, max_size=8
    )
)
def test_any_text_is_in_some_block(paragraphs: list[str]) -> None:
    try:
        found = document(*paragraphs)
    except EmptyDocumentError:
        found = None
    printed = "".join(
        "".join(c.text for c in block.cells) if isinstance(block, Table) else block.text
        for block in (found.blocks if found is not None else ())
    )
    for character in "甲1一、𠮷":
        assert printed.count(character) == sum(text.count(character) for text in paragraphs)
