"""The ``check`` command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from disclosure_parser import parse
from disclosure_parser.checks import check, check_across
from disclosure_parser.export.checks import (
    CheckedReports,
    checked,
    checks_from_json,
    checks_schema_text,
    checks_to_json,
    committed_checks_schema,
)

SLIPS = "slips/report.docx"
CLEAN = "hebei-budget/report.docx"


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    command = [sys.executable, "-m", "disclosure_parser", "check", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def test_page_in_chinese(corpus: Path) -> None:
    code, out, _ = run(str(corpus / SLIPS))
    assert code == 0
    assert "青阳县司法局 2023 预算 部门" in out
    assert "[错误] N01-" in out
    for words in ("公式:", "左方:", "“1082.36万元” (document, item", "差额: -30,000.00 元 (容差"):
        assert words in out


def test_page_in_english(corpus: Path) -> None:
    code, out, _ = run("--lang", "en", "--ledger", "--complete", str(corpus / SLIPS))
    assert code == 0
    for words in ("[error] N01-", "formula:", "tolerance", "summary: error 2", "not applicable"):
        assert words in out
    assert "procurement | disclosed" in out


def test_clean_report(corpus: Path) -> None:
    code, out, _ = run("--fail-on", "warning", str(corpus / CLEAN))
    assert code == 0
    assert "未发现不符" in out or "错误 0, 疑点 0" in out


@pytest.mark.parametrize(("level", "expected"), [("error", 3), ("warning", 3), ("note", 3)])
def test_fail_on(corpus: Path, level: str, expected: int) -> None:
    assert run("--fail-on", level, str(corpus / SLIPS))[0] == expected


def test_notes_do_not_fail_on_warning(corpus: Path) -> None:
    report = corpus / "traditional-mirror" / "report.docx"
    assert run("--fail-on", "warning", str(report))[0] == 0
    assert run("--fail-on", "note", str(report))[0] == 3


def test_several_files_and_one_that_fails(corpus: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    code, out, err = run(str(corpus / CLEAN), str(broken), str(corpus / SLIPS))
    assert code == 1
    assert "跨报告:" in out
    assert "broken.pdf" in err


def test_rules() -> None:
    code, out, _ = run("--rules", "--lang", "en")
    assert code == 0
    assert "N06 [error] The three public expenses add up" in out
    assert "A01 [warning]" in out


def test_no_file() -> None:
    assert run()[0] == 2


def test_json_keeps_to_the_schema(corpus: Path) -> None:
    code, out, _ = run("--json", str(corpus / SLIPS), str(corpus / CLEAN))
    assert code == 0
    written = json.loads(out)
    assert written["schema"] == "disclosure-check/1"
    Draft202012Validator(json.loads(committed_checks_schema())).validate(written)
    finding = written["reports"][0]["check"]["findings"][0]
    assert finding["result"]["left"][0]["text"] == "1082.36万元"
    assert finding["places"][0].startswith("document, item")


def test_committed_schema_is_that_of_the_classes() -> None:
    assert committed_checks_schema() == checks_schema_text()


def test_json_comes_back(corpus: Path) -> None:
    reports = [parse(corpus / SLIPS), parse(corpus / CLEAN)]
    run = CheckedReports(
        reports=tuple(checked(report, check(report)) for report in reports),
        across=check_across(reports),
    )
    data = checks_to_json(run)
    assert checks_from_json(data) == run
    assert checks_to_json(checks_from_json(data)) == data
