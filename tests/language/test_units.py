"""Declarations of a monetary unit: in captions, headers, labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import fold_text
from disclosure_parser.language.units import find_unit_declaration, unit_of
from disclosure_parser.language.values import Unit


@pytest.mark.parametrize(
    ("printed", "unit", "declaration"),
    [
        ("单位：万元", Unit.TEN_THOUSAND, "单位:万元"),
        ("单位:元", Unit.YUAN, "单位:元"),
        ("单位万元", Unit.TEN_THOUSAND, "单位万元"),
        ("单位：万 元", Unit.TEN_THOUSAND, "单位:万元"),
        ("　　单位：　千元", Unit.THOUSAND, "单位:千元"),
        ("单位：百万元", Unit.MILLION, "单位:百万元"),
        ("货币单位：亿元", Unit.HUNDRED_MILLION, "货币单位:亿元"),
        ("单位：万", Unit.TEN_THOUSAND, "单位:万"),
        ("（单位：万元）", Unit.TEN_THOUSAND, "(单位:万元)"),
        ("（单位：万元", Unit.TEN_THOUSAND, "单位:万元"),
        ("单位（万元）", Unit.TEN_THOUSAND, "单位(万元)"),
        ("单位：（元）", Unit.YUAN, "单位:(元)"),
        ("（万元）", Unit.TEN_THOUSAND, "(万元)"),
        ("预算数（万元）", Unit.TEN_THOUSAND, "(万元)"),
        ("单价（元）", Unit.YUAN, "(元)"),
        ("金额单位：人民币元", Unit.YUAN, "金额单位:人民币元"),
        ("金额单位均为万元", Unit.TEN_THOUSAND, "金额单位均为万元"),
        ("金额：万元", Unit.TEN_THOUSAND, "金额:万元"),
        ("单位：万元（人民币）", Unit.TEN_THOUSAND, "单位:万元(人民币)"),
        ("单位：万元、%", Unit.TEN_THOUSAND, "单位:万元、%"),
        ("单位：辆、万元", Unit.TEN_THOUSAND, "单位:辆、万元"),
        ("价值（金额单位：万元）", Unit.TEN_THOUSAND, "(金额单位:万元)"),
        ("本表以万元为单位", Unit.TEN_THOUSAND, "以万元为单位"),
        # Captions whose spaces are folded away.
        ("编制部门：青溪县水务站　　　单位：元", Unit.YUAN, "单位:元"),
        ("单位：元　编制部门：青溪县水务站", Unit.YUAN, "单位:元"),
        ("单位：万元　第2页", Unit.TEN_THOUSAND, "单位:万元"),
        ("单位：万元 公开05表", Unit.TEN_THOUSAND, "单位:万元"),
        ("单位：元 截止日期：2031年末", Unit.YUAN, "单位:元"),
    ],
)
def test_declarations(printed: str, unit: Unit, declaration: str) -> None:
    folded = fold_text(printed)
    found = find_unit_declaration(folded)
    assert found is not None
    assert (found[0], folded[found[1] : found[2]]) == (unit, declaration)


@pytest.mark.parametrize(
    "printed",
    [
        # Two units side by side declare none.
        "单位：元、万元",
        "单位：元/万元",
        # Names that begin with the character.
        "单位：元氏县民政局",
        "单位名称：元坝区文化馆",
        "编制单位：元谋县青溪镇",
        "预算单位：万元县水务站",
        # Units of other things.
        "单位：人",
        "计量单位：台",
        "单位：%",
        "单位：美元",
        "单位：万美元",
        # Rates.
        "（元/人）",
        "单位：万元/年",
        # Figures, and the bare word.
        "金额：5万元",
        "金额：万元以上",
        "万元",
        "主管单位：青溪县水务站",
        "单位基本情况",
        "",
    ],
)
def test_what_declares_no_unit(printed: str) -> None:
    assert find_unit_declaration(fold_text(printed)) is None


def test_the_search_starts_where_it_is_told() -> None:
    folded = fold_text("单位：元；单位：万元")
    first = find_unit_declaration(folded)
    assert first is not None
    second = find_unit_declaration(folded, first[2])
    assert second is not None
    assert second[0] is Unit.TEN_THOUSAND


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("万元", Unit.TEN_THOUSAND),
        ("万", Unit.TEN_THOUSAND),
        ("人民币元", Unit.YUAN),
        ("亿", Unit.HUNDRED_MILLION),
    ],
)
def test_unit_words(word: str, unit: Unit) -> None:
    assert unit_of(word) is unit


@pytest.mark.parametrize("word", ["", "辆", "%", "美元", "人民币", "元/人"])
def test_other_words_are_no_units(word: str) -> None:
    assert unit_of(word) is None


@given(st.text(alphabet="单位金额：:（）()元万亿千百、/人民币 %辆20年", max_size=24))
def test_a_declaration_lies_in_its_text(text: str) -> None:
    folded = fold_text(text)
    found = find_unit_declaration(folded)
    if found is not None:
        unit, start, end = found
        assert 0 <= start < end <= len(folded)
        assert unit.value in folded[start:end] or unit.value.removesuffix("元") in folded[start:end]
