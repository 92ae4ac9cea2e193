"""Tables and facts as CSV: nothing printed is changed but what a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io

import pytest

from disclosure_parser.export.csvs import csv_line, safe, table_sheets
from disclosure_parser.export.rows import fact_rows, facts_csv
from tests.export.build import report, table


def _made() -> tuple[str, ...]:
    return ("一、收支总体情况", "单位：万元")


def test_a_sheet_has_the_header_paths_and_the_printed_rows() -> None:
    made = report(
        *_made(),
        table(
            ("项目", "本年支出", "<"),
            ("", "合计", "其中：\n基本支出"),
            ("合计", "1,234.50", "-"),
            ('注："甲"', "0.00", ""),
        ),
    )
    (sheet,) = table_sheets(made)
    assert sheet.rows[0] == ("项目", "本年支出 › 合计", "本年支出 › 其中：基本支出")
    assert sheet.rows[1] == ("合计", "1,234.50", "-")
    assert "单位：万元" in sheet.heading()
    lines = list(csv.reader(io.StringIO("".join(sheet.csv()))))
    assert [tuple(line) for line in lines] == list(sheet.rows), "what is read is what was written"


def test_merged_cells_are_printed_once_unless_asked_for() -> None:
    made = report(
        *_made(), table(("项目", "预算数", "备注"), ("甲", "5.00", "<"), ("乙", "6.00", "无"))
    )
    (once,), (filled,) = table_sheets(made), table_sheets(made, fill=True)
    assert once.rows[1] == ("甲", "5.00", "")
    assert filled.rows[1] == ("甲", "5.00", "5.00")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-cmd|' /C calc'!A0", "\t=1"])
def test_words_that_a_spreadsheet_would_calculate(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-0.50", "-1,234.56", "+3.2%", "-", "——", "1.00", "甲=乙", ""])
def test_figures_and_plain_words_stay_as_they_are(text: str) -> None:
    assert safe(text) == text


def test_line_ends_inside_a_cell_are_quoted() -> None:
    assert csv_line(["甲\n乙", 'a"b', "1,000"]) == '"甲\n乙","a""b","1,000"\n'


def test_fact_rows_all_have_the_same_keys() -> None:
    made = report("一、收支总体情况", "收入合计100.50万元，较上年增长4.15%。", "单位：万元")
    rows = list(fact_rows(made))
    assert len({tuple(row) for row in rows}) == 1
    assert rows[0]["yuan"] == "1005000.00"
    assert rows[1]["yuan"] is None
    header, *lines = list(facts_csv(made))
    assert header.rstrip("\n").split(",") == list(rows[0])
    assert len(lines) == len(rows)
