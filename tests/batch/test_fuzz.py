"""A short run of the fuzzer; it is run at length by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "fuzz.py"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_damaged_files_give_errors_of_ours(tmp_path: Path) -> None:
    done = run("--count", "80", "--seconds", "40", "--keep", tmp_path / "kept")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "found: nothing" in done.stdout
    assert not (tmp_path / "kept").exists()


def test_what_is_wrong_is_found_and_kept(tmp_path: Path) -> None:
    """The fuzzer can fail: an input that no worker can bear in the time given."""
    seed = tmp_path / "long.txt"
    seed.write_text("一、预算\n收入合计1.00万元，较上年增加1.00万元。\n" * 60_000, "utf-8")
    done = run("--count", "1", "--timeout", "0.2", "--keep", tmp_path / "kept", seed)
    assert done.returncode == 1
    assert "timeout" in done.stdout
    assert len(list((tmp_path / "kept").iterdir())) == 1
