"""The command that lists the formats, with and without the extras."""

from __future__ import annotations

import subprocess
import sys

import pytest

from disclosure_parser.errors import UnsupportedFormatError
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.sniff import FORMATS, readable
from tests.readers.ole_files import ole

# An installation without the packages of the extras.
_BARE = """
import importlib.util, sys
found = importlib.util.find_spec
def find_spec(name, package=None):
    return None if name in ("olefile", "xlrd", "rapidocr", "py7zr") else found(name, package)
importlib.util.find_spec = find_spec
sys.argv = ["disclosure-parser", "formats"]
from disclosure_parser.cli import main
main()
"""


def listed(*command: str) -> dict[str, list[str]]:
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    return {name: rest for name, *rest in lines}


def test_all_formats_are_listed() -> None:
    found = listed(sys.executable, "-m", "disclosure_parser", "formats")
    assert set(found) == {known.name for known in FORMATS} | {"archives", "7z", "rar"}
    for name in ("text", "docx", "pdf", "html", "mht", "xlsx"):
        assert found[name][0] == "read"
    assert found["ofd"][0] == "not read"
    assert found["encrypted-office"][0] == "needs a password"


def test_what_an_extra_would_add() -> None:
    found = listed(sys.executable, "-c", _BARE)
    assert found["doc"][0] == 'needs pip install "disclosure-parser[doc]"'
    assert found["xls"][0] == 'needs pip install "disclosure-parser[xls]"'
    assert found["image"][0] == 'needs pip install "disclosure-parser[ocr]"'
    assert found["7z"][0] == 'needs pip install "disclosure-parser[archives]"'
    assert found["xlsx"][0] == "read"


@pytest.mark.parametrize(("stream", "extra"), [("WordDocument", "doc"), ("Workbook", "xls")])
def test_a_missing_extra_is_named(stream: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UnsupportedFormatError) as caught:
        read_document(ole({stream: b"x"}), limits=Limits(), name="报告.bin")
    assert f'needs the extra {extra!r}: pip install "disclosure-parser[{extra}]"' in str(
        caught.value
    )
    assert "legacy" not in readable()
