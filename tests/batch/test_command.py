"""The ``batch`` command, and the generator of reports."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from corpus.generate import broken, make

from disclosure_parser import DisclosureError, parse
from disclosure_parser.dataset.schema import DATASET
from tests.batch.support import account, report

ROOT = Path(__file__).parents[2]


def run(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "disclosure_parser", "batch", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, cwd=ROOT, timeout=120, check=False, env=env
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports."""
    made = tmp_path / "in"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.txt").write_bytes(report(number))
    return made


def test_summary_account_and_manifest(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(folder, "-o", out)
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    assert "3 files, 3 different contents" in said
    assert "status    complete 3" in said
    assert "year      2024 3" in said
    assert b"parsing: 0 of 3" in done.stderr
    manifest = json.loads((out / "dataset.json").read_text("utf-8"))
    assert manifest["files"] == 3
    assert manifest["by_status"] == {"complete": 3}
    made = {table.name for table in DATASET} - {"findings", "operands"}
    assert {entry["path"] for entry in manifest["outputs"]} == {
        "files.jsonl",
        "reports/part-00000.jsonl",
        *(f"tables/{name}/part-00000.parquet" for name in made),
    }
    assert b"\x1b" not in done.stderr, "plain lines where there is no terminal"


def test_a_failed_file_gives_exit_code_1(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = run(folder, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "errors    CorruptDocumentError (corrupt) 1" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_patterns_and_lists(folder: Path, tmp_path: Path) -> None:
    done = run(f"{folder}/[01].txt", "-o", tmp_path / "a")
    assert done.returncode == 0
    assert len(account(tmp_path / "a")) == 2
    listing = tmp_path / "list.txt"
    listing.write_text(f"# a list\n{folder / '1.txt'}\n\n{folder / '2.txt'}\n{folder / '2.txt'}\n")
    assert run("--files-from", listing, "-o", tmp_path / "b").returncode == 0
    assert len(account(tmp_path / "b")) == 2, "a file that is listed twice is one file"
    done = run(f"{folder}/*.none", "-o", tmp_path / "c")
    assert done.returncode == 1
    assert "nothing matches" in account(tmp_path / "c")[0]["error"]["message"]


def test_what_is_not_understood(folder: Path, tmp_path: Path) -> None:
    assert run("-o", tmp_path / "out").returncode == 2
    assert run(folder, "-o", tmp_path / "out", "--shard", "4/3").returncode == 2
    done = run("--files-from", tmp_path / "none", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    (tmp_path / "file").write_bytes(b"")
    done = run(folder, "-o", tmp_path / "file")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_a_terminal_gets_a_bar(folder: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "disclosure_parser", "batch", str(folder)]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out")],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 2**16):
            said += part
    except OSError:
        pass  # how Linux tells that the other side is closed
    os.close(ours)
    assert process.wait(60) == 0
    assert b"3/3" in said
    assert b"0 failed" in said


def test_generated_reports_are_reports_and_the_same_each_time() -> None:
    made = [make(number, short=True) for number in range(40)]
    assert [one.data for one in made] == [make(n, short=True).data for n in range(40)]
    assert {one.name.rsplit(".")[-1] for one in made} == {"txt", "docx", "pdf"}
    read = [parse(one.data, name=one.name) for one in made]
    assert len({r.document.source.sha256 for r in read}) > 35
    assert sum(r.identity.agency is not None for r in read) > 30
    assert {r.identity.kind for r in read} >= {"budget", "final"}


def test_damaged_reports_are_damaged() -> None:
    failed = 0
    for number in range(20):
        made = broken(number)
        try:
            parse(made.data, name=made.name)
        except DisclosureError:
            failed += 1
    assert failed >= 8


def without_pyarrow(folder: Path) -> dict[str, str]:
    """An environment in which pyarrow cannot be imported."""
    (folder / "pyarrow").mkdir()
    (folder / "pyarrow" / "__init__.py").write_text("raise ImportError('not here')\n")
    paths = [str(folder), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def test_checks_are_tables(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "-o", tmp_path / "out", "--check", "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "tables" / "findings" / "part-00000.parquet").exists()
    done = run(folder, "-o", tmp_path / "none", "--no-tables")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "none" / "tables").exists()
    assert run(folder, "-o", tmp_path / "both", "--no-tables", "--check").returncode == 2


def test_without_pyarrow_the_rest_is_written_and_it_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    bare = without_pyarrow(tmp_path / "bare")
    out = tmp_path / "out"
    done = run(folder, "-o", out, env=bare)
    assert done.returncode == 0, done.stderr
    assert b"pip install 'disclosure-parser[parquet]'" in done.stderr
    assert b"missing   tables" in done.stdout
    assert (out / "reports" / "part-00000.jsonl").exists()
    asked = run(folder, "-o", tmp_path / "asked", "--tables", env=bare)
    assert asked.returncode == 2
    assert not (tmp_path / "asked").exists(), "said before anything is parsed"
    again = run(folder, "-o", out)
    assert again.returncode == 0, again.stderr
    assert b"3 known from before" in again.stderr
    assert (out / "tables" / "facts" / "part-00000.parquet").exists()
