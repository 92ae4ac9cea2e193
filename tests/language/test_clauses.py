"""Clauses: boundaries that divide, and those that stand inside a number or a name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import fold_text
from disclosure_parser.language.clauses import Clauses, TokenKind
from disclosure_parser.language.mentions import scan


def _tokens(printed: str) -> list[str]:
    """Segments as their text, groups in brackets, boundaries as their sign."""
    folded = fold_text(printed)
    shown = []
    for token in Clauses(folded, scan(folded)).tokens(0, len(folded)):
        text = folded[token.start : token.end]
        shown.append(f"({text})" if token.kind is TokenKind.GROUP else text)
    return shown


@pytest.mark.parametrize(
    ("printed", "tokens"),
    [
        ("甲1万元，乙2万元。", ["甲1万元", ",", "乙2万元", "。"]),
        ("甲1万元；乙2万元", ["甲1万元", ";", "乙2万元"]),
        # A comma inside a number, and one between two numbers of a list.
        ("甲1,234.5万元，乙", ["甲1,234.5万元", ",", "乙"]),
        ("各是825.4，843.9万元", ["各是825.4,843.9万元"]),
        # 、 divides after a figure, not between names.
        ("甲、乙共1万元", ["甲、乙共1万元"]),
        ("甲1万元、乙2万元", ["甲1万元", "、", "乙2万元"]),
        # Brackets that hold figures or open parts are groups; words in brackets are words.
        ("甲1万元（其中：乙1万元）。", ["甲1万元", "(其中:乙1万元)", "。"]),
        ("因公出国（境）费1万元", ["因公出国(境)费1万元"]),
        ("行政运行（项）1万元", ["行政运行(项)1万元"]),
        ("单价（100万元以上）设备3台", ["单价(100万元以上)设备3台"]),
        ("甲（乙（丙1万元）2万元）", ["甲", "(乙(丙1万元)2万元)"]),
        ("甲1万元（乙", ["甲1万元(乙"]),
        ("甲1万元）乙", ["甲1万元)乙"]),
        ("", []),
    ],
)
def test_tokens(printed: str, tokens: list[str]) -> None:
    assert _tokens(printed) == tokens


def test_closing_is_the_matching_bracket() -> None:
    text = "(甲(乙)丙)丁(戊"
    clauses = Clauses(text, ())
    assert clauses.closing(0, len(text)) == 6
    assert clauses.closing(2, len(text)) == 4
    assert clauses.closing(8, len(text)) == len(text)
    assert clauses.closing(0, 5) == 5


TEXTS = st.text(alphabet="甲乙12.,，。；：、（）()万元% 其中", max_size=40)


@given(TEXTS)
def test_tokens_are_in_order_and_lose_no_figure(printed: str) -> None:
    folded = fold_text(printed)
    mentions = scan(folded)
    clauses = Clauses(folded, mentions)
    position = 0
    held = []
    for token in clauses.tokens(0, len(folded)):
        assert position <= token.start < token.end or token.kind is TokenKind.GROUP
        position = token.end
        held += clauses.mentions(token.start, token.end)
    assert held == list(mentions)


@pytest.mark.parametrize("unit", ["(", "()", "甲(1万元", "甲(1万元)", "1万元、", ",", "(甲"])
def test_dividing_is_linear(unit: str) -> None:
    text = (unit * 40_000)[:40_000]
    mentions = scan(text)
    start = time.process_time()
    Clauses(text, mentions).tokens(0, len(text))
    assert time.process_time() - start < 5
