"""The neutral source of a corpus report: reading ``source.txt`` into blocks.

The format is described in ``corpus/README.md``. A source that breaks it is a slip of its author,
so every error here is a plain :class:`ValueError` with the line number.
"""

from __future__ import annotations

import re
from pathlib import Path

from attrs import field, frozen

_INLINE = re.compile(r"\{(tc|del|ins|hidden|note|box|chart) ([^{}]*)\}")
_HEADING = re.compile(r"(#{1,4}) (.+)")
_NUMBER = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\."
)
_STYLES = ("title", "centre", "right", "small")
SPACE = "␣"


@frozen
class Run:
    """A stretch of text: ``text``, or one of the inline marks of the source."""

    kind: str
    text: str


@frozen(kw_only=True)
class Para:
    """A paragraph. ``level`` is the heading level (0 for text); ``number`` the part of a
    heading's text that Word prints by itself where the report numbers automatically."""

    runs: tuple[Run, ...]
    style: str = "text"
    level: int = 0
    number: str = ""

    @property
    def printed(self) -> str:
        """What the reader of the printed page sees in the line itself."""
        return "".join(run.text for run in self.runs if run.kind in ("text", "ins"))

    def marked(self, kind: str) -> tuple[str, ...]:
        """The texts of an inline mark."""
        return tuple(run.text for run in self.runs if run.kind == kind)


@frozen(kw_only=True)
class Cell:
    """A cell at its top left position; ``text`` has one line per paragraph."""

    row: int
    column: int
    text: str
    rows: int
    columns: int


@frozen(kw_only=True)
class Grid:
    """A table. ``widths`` are relative; ``header`` counts the header rows; ``repeat`` prints them
    again on every page."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    widths: tuple[int, ...]
    header: int = 0
    repeat: bool = False
    size: float = 9

    def row_cells(self, row: int) -> list[tuple[Cell, bool]]:
        """The cells that a row prints, left to right; ``True`` for those begun in it."""
        found = [
            (cell, cell.row == row) for cell in self.cells if cell.row <= row < cell.row + cell.rows
        ]
        return sorted(found, key=lambda pair: pair[0].column)


@frozen
class Page:
    """A new page, upright (``portrait``), on its side (``landscape``), or as before (empty)."""

    orientation: str


@frozen
class Contents:
    """A contents list: level, text, page number (may be empty) of each line."""

    entries: tuple[tuple[int, str, str], ...]


Block = Para | Grid | Page | Contents


@frozen(kw_only=True)
class Report:
    """A report: the settings from the head of its source, and its blocks."""

    name: str
    settings: dict[str, str]
    blocks: tuple[Block, ...] = field(factory=tuple)

    @property
    def formats(self) -> tuple[str, ...]:
        """The files to make: ``a``, ``b``, ``c`` (text forms), ``docx``, ``pdf``."""
        return tuple(self.settings["formats"].split())

    @property
    def automatic(self) -> bool:
        """Whether Word numbers the headings."""
        return self.settings.get("numbering") == "automatic"


def load(folder: Path) -> Report:
    """The report whose source lies in ``folder``."""
    head, _, body = (folder / "source.txt").read_text("utf-8").partition("\n---\n")
    settings = dict(re.split(r":\s*", line, maxsplit=1) for line in head.splitlines())
    first = head.count("\n") + 3
    report = Report(name=folder.name, settings=settings)
    blocks = _blocks(body.splitlines(), first, report.automatic)
    return Report(name=folder.name, settings=settings, blocks=tuple(blocks))


def _blocks(lines: list[str], first: int, automatic: bool) -> list[Block]:
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        at = first + position
        position += 1
        word, _, rest = line.partition(" ")
        if not line:
            continue
        if word in ("@table", "@contents"):
            stop = next((i for i in range(position, len(lines)) if lines[i] == "@end"), None)
            if stop is None:
                raise ValueError(f"line {at}: {word} without @end")
            inner = lines[position:stop]
            blocks.append(_grid(inner, rest, at) if word == "@table" else _contents(inner))
            position = stop + 1
        elif word == "@page":
            blocks.append(Page(rest))
        elif word == "@blank":
            blocks.append(Para(runs=()))
        elif word.startswith("@"):
            if word[1:] not in _STYLES:
                raise ValueError(f"line {at}: unknown {word}")
            blocks.append(Para(runs=_runs(rest), style=word[1:]))
        elif heading := _HEADING.fullmatch(line):
            blocks.append(_heading(heading, automatic, at))
        else:
            blocks.append(Para(runs=_runs(line.replace(SPACE, " "))))
    return blocks


def _heading(match: re.Match[str], automatic: bool, at: int) -> Para:
    text = match.group(2).replace(SPACE, " ")
    number = ""
    if automatic:
        mark = _NUMBER.match(text)
        if mark is None:
            raise ValueError(f"line {at}: a heading without a number Word could print")
        number = mark.group()
    return Para(runs=_runs(text), style="heading", level=len(match.group(1)), number=number)


def _runs(text: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    position = 0
    for mark in _INLINE.finditer(text):
        runs.append(Run("text", text[position : mark.start()]))
        runs.append(Run(mark.group(1), mark.group(2)))
        position = mark.end()
    runs.append(Run("text", text[position:]))
    return tuple(run for run in runs if run.text)


def _contents(lines: list[str]) -> Contents:
    entries = []
    for line in lines:
        text, _, page = line.partition(" | ")
        bare = text.lstrip(" ")
        entries.append((1 + (len(text) - len(bare)) // 2, bare, page.strip()))
    return Contents(tuple(entries))


def _grid(lines: list[str], options: str, at: int) -> Grid:
    raw = [[c.strip(" ") for c in line.strip().strip("|").split("|")] for line in lines if line]
    columns = len(raw[0])
    for offset, row in enumerate(raw, start=1):
        if len(row) != columns:
            raise ValueError(f"line {at + offset}: {len(row)} cells, expected {columns}")
    settings = dict(word.partition("=")[::2] for word in options.split())
    widths = tuple(int(w) for w in settings.get("widths", "").split(",") if w) or (1,) * columns
    if len(widths) != columns:
        raise ValueError(f"line {at}: {len(widths)} widths for {columns} columns")
    return Grid(
        cells=_cells(raw, at),
        rows=len(raw),
        columns=columns,
        widths=widths,
        header=int(settings.get("header", "0")),
        repeat="repeat" in settings,
        size=float(settings.get("size", "9")),
    )


def _cells(raw: list[list[str]], at: int) -> tuple[Cell, ...]:
    origin: dict[tuple[int, int], tuple[int, int]] = {}
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, texts in enumerate(raw):
        for column, text in enumerate(texts):
            start = (row, column)
            if text == "<":
                start = origin[row, column - 1]
            elif text == "^":
                start = origin[row - 1, column]
            origin[row, column] = start
            members.setdefault(start, []).append((row, column))
    cells = []
    for (row, column), places in members.items():
        rows = max(r for r, _ in places) - row + 1
        width = max(c for _, c in places) - column + 1
        if rows * width != len(places):
            raise ValueError(f"line {at + 1 + row}: the merged cell is not a rectangle")
        text = raw[row][column].replace("\\n", "\n").replace(SPACE, " ")
        if text in ("\\<", "\\^"):
            text = text[1]
        cells.append(Cell(row=row, column=column, text=text, rows=rows, columns=width))
    return tuple(cells)
