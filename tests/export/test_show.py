"""The readable page: any record is shown, no figure is cut, control characters are not obeyed."""

from __future__ import annotations

import io

from attrs import evolve, frozen
from rich.console import Console

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.export.show import clean, show
from disclosure_parser.report import Report
from disclosure_parser.sections.model import Line, Record
from tests.export.build import report

TEXT = ("一、收支总体情况", "收入合计100.50万元，较上年增加4.00万元，主要原因是新增数字化项目。")


def _page(made: Report, width: int = 60) -> str:
    out = io.StringIO()
    show(made, Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    return out.getvalue()


def test_a_line_with_its_change_and_reason() -> None:
    text = _page(report(*TEXT))
    assert "100.50万元 (= 1,005,000.00 元)" in text
    assert "increase  4.00万元 (= 40,000.00 元)  against prior_year 2023" in text
    assert "reason 原因: 新增数字化项目" in text


def test_a_narrow_page_cuts_nothing() -> None:
    wide, narrow = (_page(report(*TEXT), width) for width in (400, 24))
    assert "".join(narrow.split()) == "".join(wide.split())


@frozen(kw_only=True)
class _Row:
    row: int
    label: str
    motto: Quote | None = None


@frozen(kw_only=True)
class _Stranger(Record):
    remark: Quote
    lines: tuple[Line, ...] = ()
    rows: tuple[_Row, ...] = ()


def test_a_record_class_that_nobody_knows() -> None:
    quote = Quote(text="甲乙丙", anchor=Anchor(block=0, start=0, end=3))
    rows = (_Row(row=1, label="第一行", motto=quote), _Row(row=2, label="第二行"))
    stranger = _Stranger(section="1", found_by="me", remark=quote, rows=rows)
    text = _page(evolve(report(*TEXT), records=(stranger,)))
    for word in ("_Stranger", "remark: 甲乙丙", "第一行", "第二行"):
        assert word in text


def test_control_characters_are_shown_not_obeyed() -> None:
    assert clean("a\x1b[31mb\x00\x9bc\n") == "a\ufffd[31mb\ufffd\ufffdc\n"
