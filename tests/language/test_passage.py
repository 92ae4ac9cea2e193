"""A passage quotes the print under folded offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.passage import Passage


def test_a_quote_is_the_print() -> None:
    printed = "共计 １，２３４ 万 元。"
    passage = Passage.of(printed, Anchor(block=4, start=0, end=len(printed)))
    start = passage.text.index("1")
    quote = passage.quote(start, passage.text.index("。"))
    assert quote == Quote(text="１，２３４ 万 元", anchor=Anchor(block=4, start=3, end=12))


def test_a_part_of_a_paragraph_keeps_the_paragraph_s_offsets() -> None:
    printed = "一、收入 ：１２ 万元"
    base = Anchor(block=1, start=4, end=len(printed))
    passage = Passage.of(printed, base)
    quote = passage.quote(1, len(passage.text))
    assert printed[quote.anchor.start : quote.anchor.end] == quote.text == "１２ 万元"


def test_outer_space_is_left_out() -> None:
    printed = "GB 12 元"
    passage = Passage.of(printed, Anchor(block=0, start=0, end=len(printed)))
    assert passage.text == "GB 12元"
    assert passage.quote(2, 5).text == "12"
    assert passage.quote(2, 3).text == ""


@given(st.text(alphabet="１2,. 万\u3000元\u200b收入⻋\n（", max_size=30), st.data())
def test_every_quote_is_what_stands_at_its_anchor(printed: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(printed)))
    last = data.draw(st.integers(first, len(printed)))
    passage = Passage.of(printed, Anchor(block=0, start=first, end=last))
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    quote = passage.quote(start, end)
    assert printed[quote.anchor.start : quote.anchor.end] == quote.text
    assert first <= quote.anchor.start <= quote.anchor.end <= last
