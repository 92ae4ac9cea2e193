"""Folding: what patterns match, and the exact way back to the print."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import fold, fold_text
from disclosure_parser.document._han import TRADITIONAL

#: Characters that reports are made of, and the noise that gets between them.
NOISY = st.text(
    alphabet=st.sampled_from(
        "万元收入支出预算決車⻋⻔１２３4567890.,，．％%（）()“”\"'　 \t\n\u00a0\u200b\ufeff\u00ad"
        "ＡＢabX、。；：－−-—①㎡⼀⾞"
    ),
    max_size=40,
)
ANY = st.text(max_size=60)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("１２３．４５％", "123.45%"),
        ("（一）：，；！？", "(一):,;!?"),
        ("“三公”经费", '"三公"经费'),
        ("「三公」經費", '"三公"经费'),
        ("‘十四五’", "'十四五'"),
        ("⻋辆", "车辆"),
        ("部⻔", "部门"),
        ("⼀般公共预算", "一般公共预算"),
        ("⾞輛購置", "车辆购置"),
        ("決算收支總表", "决算收支总表"),
        ("−1.2", "-1.2"),
        ("－１．２", "-1.2"),
        ("Ａ４", "A4"),
        ("﹙含﹚", "(含)"),
        ("≧90％，≦5", "≥90%,≤5"),
        # A compatibility ideograph of a Traditional character folds all the way.
        ("\uf902輛", "车辆"),
    ],
)
def test_width_radicals_and_traditional_fold(printed: str, folded: str) -> None:
    assert fold_text(printed) == folded


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("合　　计", "合计"),
        ("支 出 总 计", "支出总计"),
        ("1178.82 万 元", "1178.82万元"),
        ("59,972.79 万\n元", "59,972.79万元"),
        ("三 公\u00a0经费", "三公经费"),
        ("收\u200b入\ufeff合\u00ad计", "收入合计"),
        ("  万元  ", "万元"),
        # Two runs of digits or letters are two things.
        ("12 34", "12 34"),
        ("12 \n\t 34", "12 34"),
        ("GB 2024", "GB 2024"),
        # A zero-width character is no space.
        ("12\u200b34", "1234"),
        ("12\u200b 34", "12 34"),
        ("", ""),
        (" \u3000\n", ""),
    ],
)
def test_spaces_inside_words_go_and_between_numbers_stay(printed: str, folded: str) -> None:
    assert fold_text(printed) == folded


@pytest.mark.parametrize("printed", ["。", "、", "——", "①②", "—", "㎡", "〔2024〕", "“”《》"])
def test_structural_marks_stay(printed: str) -> None:
    assert fold_text(printed).replace('"', "") == printed.strip("“”")


def test_an_interval_leaves_the_noise_around_it_outside() -> None:
    folded = fold("共计 １，２３４．５ 万 元 整")
    start = folded.text.index("1")
    end = folded.text.index("整")
    assert folded.text[start:end] == "1,234.5万元"
    assert folded.printed_text(start, end) == "１，２３４．５ 万 元"
    assert folded.span(start, start) == (3, 3)


def test_the_end_of_the_text_is_an_offset_too() -> None:
    folded = fold(" 万元 ")
    assert folded.printed_text(0, 2) == "万元"
    assert folded.span(2, 2) == (4, 4)


@given(st.one_of(NOISY, ANY))
def test_every_folded_character_leads_back_to_the_printed_one(text: str) -> None:
    folded = fold(text)
    assert folded.printed == text
    assert len(folded.origin) == len(folded.text) + 1
    for offset, character in enumerate(folded.text):
        printed = folded.printed_text(offset, offset + 1)
        if character == " ":
            assert printed.isspace() or unicodedata.category(printed) in {"Cf", "Cc", "Zs"}
        else:
            assert fold_text(printed) == character


@given(st.one_of(NOISY, ANY), st.data())
def test_every_folded_interval_leads_back_to_its_print(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first <= last <= len(text)
    # What is printed there folds to exactly the interval (outer spaces apart).
    assert fold_text(text[first:last]) == folded.text[start:end].strip(" ")


@given(st.one_of(NOISY, ANY))
def test_origin_never_goes_back(text: str) -> None:
    origin = list(fold(text).origin)
    assert origin == sorted(origin)
    assert len(set(origin[:-1])) == len(origin) - 1


@given(st.one_of(NOISY, ANY))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


def test_no_simplified_form_is_itself_folded() -> None:
    """A chain in the table would make folding depend on how often it is done."""
    chained = [a for a in TRADITIONAL if fold_text(fold_text(a)) != fold_text(a)]
    assert chained == []


def test_folding_drops_nothing_but_noise() -> None:
    printed = "收入 1,234.5 万元，其中：財政撥款 1,000 万元。"
    assert len(fold_text(printed)) == len(printed.replace(" ", ""))
