"""The documentation is true: its Python blocks run, and print what it says they print.

In a Markdown file the ```` ```python ```` blocks run one after the other in one namespace, in a
directory of their own in which ``corpus`` is the project's. A block whose info string ends with
``file=name`` is written to that file; an ``output`` block is what the block before it prints.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from disclosure_parser import unregister
from disclosure_parser.sections.registry import registry

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "corpus" / "README.md"]
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"\bfile=(\S+)")
_LINK = re.compile(r"\]\((?!https?://|#)(?P<target>[^)#]+)")


@frozen
class Block:
    """A fenced block: its info string, its text, the line it begins on."""

    info: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page."""
    text = page.read_text("utf-8")
    return [
        Block(match["info"].strip(), match["text"], text.count("\n", 0, match.start()) + 1)
        for match in _FENCE.finditer(text)
    ]


def run(page: Path) -> None:
    """Run the blocks of a page in the working directory.

    Raises:
        AssertionError: a block prints something else than the page says.
    """
    namespace: dict[str, Any] = {"__name__": "page"}
    printed = ""
    for block in blocks(page):
        file = _FILE.search(block.info)
        if file is not None:
            Path(file[1]).write_text(block.text, "utf-8")
        elif block.info == "python":
            out = io.StringIO()
            code = compile("\n" * block.line + block.text, str(page), "exec", dont_inherit=True)
            with contextlib.redirect_stdout(out):
                exec(code, namespace)
            printed = out.getvalue()
        elif block.info == "output":
            assert printed == block.text, f"{page.name}, line {block.line}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory to run a page in; what the page registers is taken back."""
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    monkeypatch.chdir(tmp_path)
    before = {extractor.name for extractor in registry().extractors}
    yield tmp_path
    for extractor in registry().extractors:
        if extractor.name not in before:
            unregister(extractor.name)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_blocks_run_and_print_what_the_page_says(page: Path) -> None:
    run(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = [match["target"] for match in _LINK.finditer(page.read_text("utf-8"))]
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_a_wrong_output_is_seen(folder: Path) -> None:
    """The check can fail."""
    page = folder / "page.md"
    page.write_text("```python\nprint(1)\n```\n\n```output\n2\n```\n", "utf-8")
    with pytest.raises(AssertionError):
        run(page)
