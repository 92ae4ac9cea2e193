"""Numbering marks, and the numbers that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import fold_text
from disclosure_parser.language.numbering import MarkFamily, read_mark


@pytest.mark.parametrize(
    ("printed", "family", "ordinal", "title"),
    [
        ("第一部分 概况", MarkFamily.PART, 1, "概况"),
        ("第二部分：部门预算表", MarkFamily.PART, 2, "部门预算表"),
        ("第3部分 说明", MarkFamily.PART, 3, "说明"),
        ("第四部份 附件", MarkFamily.PART, 4, "附件"),
        ("第三章 附则", MarkFamily.CHAPTER, 3, "附则"),
        ("第十二条 为了", MarkFamily.ARTICLE, 12, "为了"),
        ("一、部门概况", MarkFamily.CHINESE, 1, "部门概况"),
        ("二十一、其他", MarkFamily.CHINESE, 21, "其他"),
        ("三，收入", MarkFamily.CHINESE, 3, "收入"),
        ("四．支出", MarkFamily.CHINESE, 4, "支出"),
        ("（一）收入", MarkFamily.CHINESE_BRACKETED, 1, "收入"),
        ("（十一）、收入", MarkFamily.CHINESE_BRACKETED, 11, "收入"),
        ("一）收入", MarkFamily.CHINESE_BRACKETED, 1, "收入"),
        ("1.职责", MarkFamily.ARABIC, 1, "职责"),
        ("１．职责", MarkFamily.ARABIC, 1, "职责"),
        ("1、职责", MarkFamily.ARABIC, 1, "职责"),
        ("1. 2031年目标", MarkFamily.ARABIC, 1, "2031年目标"),
        ("（5）办公", MarkFamily.ARABIC_BRACKETED, 5, "办公"),
        ("（５）办公", MarkFamily.ARABIC_BRACKETED, 5, "办公"),
        ("6）办公", MarkFamily.ARABIC_HALF, 6, "办公"),
        ("1.2 收入", MarkFamily.DECIMAL, 2, "收入"),
        ("1.1.3支出", MarkFamily.DECIMAL, 3, "支出"),
        ("①职责", MarkFamily.CIRCLED, 1, "职责"),
        ("⑳职责", MarkFamily.CIRCLED, 20, "职责"),
        ("一是加强", MarkFamily.WORD, 1, "加强"),
        ("Ⅳ.总则", MarkFamily.ROMAN, 4, "总则"),
    ],
)
def test_marks(printed: str, family: MarkFamily, ordinal: int, title: str) -> None:
    folded = fold_text(printed)
    mark = read_mark(folded)
    assert mark is not None
    assert (mark.family, mark.ordinal, folded[mark.end :].strip()) == (family, ordinal, title)


def test_a_letter_mark() -> None:
    mark = read_mark(fold_text("B. 甲类设备"))
    assert mark is not None
    assert (mark.family, mark.ordinal) == (MarkFamily.LETTER, 2)


@pytest.mark.parametrize(
    "printed",
    [
        "1.5万元",
        "3.5%",
        "2.1万人次",
        "12个单位",
        "1,234.5",
        "2031年部门预算",
        "2031.12.31",
        "2031、2032年",
        "（2031）15号",
        "（2050202）小学教育",
        "第2031条",
        "第一批资金",
        "一般公共预算",
        "三公经费",
        "十四五规划",
        "一是否",
        "百分之五",
        "A4纸",
        "职责一、",
        "",
    ],
)
def test_what_is_no_mark(printed: str) -> None:
    assert read_mark(fold_text(printed)) is None


def test_a_mark_is_read_where_it_is_asked_for() -> None:
    folded = fold_text("其中：（二）支出")
    assert read_mark(folded) is None
    mark = read_mark(folded, 3)
    assert mark is not None
    assert (mark.ordinal, mark.end) == (2, 6)


@given(
    st.one_of(
        st.text(max_size=12), st.text(alphabet="第一二十（）()1.2、,条部分章①Ⅰa是零百", max_size=10)
    )
)
def test_any_text_has_a_mark_inside_it_or_none(text: str) -> None:
    folded = fold_text(text)
    mark = read_mark(folded)
    assert mark is None or (0 < mark.end <= len(folded) and mark.ordinal >= 0)
