"""The command line, run as users run it: in a process of its own, with a poor locale."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from disclosure_parser import __version__, from_json
from disclosure_parser.export.schema import json_schema

TEXT = """南岭市档案馆2024年部门预算
一、收支总体情况
收入合计100.50万元，较上年增加4.00万元，主要原因是新增档案数字化项目。
二、机关运行经费情况
机关运行经费=12.30万元。
"""
POOR = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


def run(
    *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "disclosure_parser", *map(str, arguments)]
    environment = {**os.environ, **POOR}
    return subprocess.run(
        command, input=stdin, capture_output=True, env=environment, cwd=cwd, timeout=120
    )


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def tabled(corpus: Path) -> Path:
    return corpus / "hebei-budget" / "report.a.txt"


def test_parse_to_stdout(made: Path) -> None:
    done = run("parse", made)
    assert (done.returncode, done.stderr) == (0, b"")
    report = from_json(done.stdout)
    assert report.identity.agency == "南岭市档案馆"
    assert done.stdout.count(b"\n") == 1
    assert "新增档案数字化项目".encode() in done.stdout, "UTF-8 whatever the locale says"
    assert run("parse", made).stdout == done.stdout, "same input, same bytes"


def test_parse_indented_and_without_the_document(made: Path) -> None:
    done = run("parse", made, "--indent", "1", "--no-document")
    assert done.stdout.startswith(b'{\n "schema"')
    assert json.loads(done.stdout)["document"]["blocks"] == []


def test_several_files_give_json_lines(made: Path, tabled: Path) -> None:
    done = run("parse", made, tabled)
    lines = done.stdout.splitlines()
    assert len(lines) == 2
    assert [from_json(line).document.source.name for line in lines] == [str(made), str(tabled)]
    assert run("parse", made, tabled, "--indent", "2").returncode == 2


def test_output_to_a_file_and_to_a_folder(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert run("parse", made, "-o", target).returncode == 0
    from_json(target.read_bytes())
    folder = tmp_path / "out"
    twin = tmp_path / "twin" / made.name
    twin.parent.mkdir()
    twin.write_text(TEXT, "utf-8")
    done = run("parse", made, twin, "-o", folder)
    assert (done.returncode, done.stdout) == (0, b"")
    assert sorted(p.name for p in folder.iterdir()) == ["报告.txt-2.json", "报告.txt.json"]
    assert run("parse", made, twin, "-o", target).returncode == 2, "two reports, one file"


def test_stdin(made: Path) -> None:
    done = run("parse", "-", stdin=made.read_bytes())
    assert from_json(done.stdout).document.source.name == "<stdin>"


def test_a_failing_file_does_not_stop_the_others(made: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    done = run("parse", tmp_path / "gone.txt", bad, made)
    assert done.returncode == 1
    assert from_json(done.stdout).identity.fiscal_year == 2024
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"disclosure-parser: {tmp_path / 'gone.txt'}: [source] ")
    assert lines[1].startswith(f"disclosure-parser: {bad}: [corrupt] ")
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize("command", ["parse", "show", "outline", "tables", "facts"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 50, b"PK\x03\x04rubbish"])
def test_bad_input_is_one_line_on_stderr(command: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.docx"
    path.write_bytes(content)
    done = run(command, path)
    assert done.returncode == 1
    assert done.stdout.strip() == b""
    assert len(done.stderr.decode().splitlines()) == 1
    assert done.stderr.decode().startswith(f"disclosure-parser: {path}: [")


@pytest.mark.parametrize(
    "arguments", [("parse",), ("dance",), ("parse", "--indent", "x", "-"), ("tables",)]
)
def test_usage_errors(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_output_that_cannot_be_written(made: Path, tmp_path: Path) -> None:
    done = run("parse", made, "-o", tmp_path / "no" / "such" / "file.json")
    assert done.returncode == 1
    assert "[output]" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_show(tabled: Path) -> None:
    done = run("show", tabled)
    assert done.returncode == 0
    text = done.stdout.decode()
    for word in ("Outline 目录", "Records 记录", "Diagnostics 提示", "[three_public]", "万元"):
        assert word in text
    assert "…" not in text.replace("……", ""), "no figure is cut"


def test_show_does_not_obey_what_a_report_says(tmp_path: Path) -> None:
    path = tmp_path / "sly.txt"
    text = TEXT.replace("新增档案", "\x1b]0;owned\x07\x1b[31m[bold]新增档案")
    path.write_text(text, "utf-8")
    done = run("show", path)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "[bold]新增档案".encode() in done.stdout, "brackets of the report are no markup"


def test_outline(tabled: Path) -> None:
    text = run("outline", tabled).stdout.decode()
    assert "[procurement]" in text
    assert "Records" not in text


def test_tables_on_stdout_and_in_a_folder(tabled: Path, tmp_path: Path) -> None:
    text = run("tables", tabled).stdout.decode()
    assert text.startswith("# table-001 | ")
    folder = tmp_path / "tables"
    assert run("tables", tabled, "-o", folder, "--spreadsheet").returncode == 0
    with (folder / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        index = list(csv.DictReader(file))
    assert len(index) == len(list(folder.iterdir())) - 1
    for row in index:
        data = (folder / row["file"]).read_bytes()
        assert data.startswith("\ufeff".encode())
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(lines) == int(row["rows"])
        assert {len(line) for line in lines} == {int(row["columns"])}


def test_facts(made: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("facts", made).stdout.decode())))
    assert [(r["concept"], r["measure"], r["number"], r["yuan"]) for r in rows[:2]] == [
        ("revenue.total", "amount", "100.50", "1005000.00"),
        ("revenue.total", "change", "4.00", "40000.00"),
    ]
    lines = run("facts", made, "--format", "jsonl").stdout.decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [r["text"] for r in rows]
    target = tmp_path / "facts.csv"
    assert run("facts", made, made, "-o", target, "--bom").returncode == 0
    data = target.read_text("utf-8-sig")
    assert data.count("concept_name") == 1, "one header"
    assert len(list(csv.DictReader(io.StringIO(data)))) == 2 * len(rows)


def test_schema_and_version() -> None:
    assert json.loads(run("schema").stdout) == json_schema()
    assert run("--version").stdout.decode().strip() == f"disclosure-parser {__version__}"


def test_a_reader_that_has_seen_enough(corpus: Path) -> None:
    files = [str(path) for path in sorted(corpus.glob("*/report.*.txt"))] * 3
    command = [sys.executable, "-m", "disclosure_parser", "parse", *files]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert said == b""


def test_pictures_of_what_was_seen(tmp_path: Path, made: Path) -> None:
    report = Path(__file__).parents[2] / "corpus" / "final-accounts" / "report.pdf"
    done = run("tables", report, "--debug", tmp_path / "seen")
    assert done.returncode == 0, done.stderr.decode()
    names = {path.name for path in (tmp_path / "seen").iterdir()}
    assert {"page-004.png", "columns.txt"} <= names
    assert "page-001.png" not in names  # the cover has no table
    assert (tmp_path / "seen" / "page-004.png").read_bytes().startswith(b"\x89PNG")
    assert "1: 收入 › 项目" in (tmp_path / "seen" / "columns.txt").read_text("utf-8")
    refused = run("tables", made, "--debug", tmp_path / "none")
    assert refused.returncode == 1
    assert b"PDF files only" in refused.stderr
    assert not (tmp_path / "none").exists()
