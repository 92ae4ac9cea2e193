"""Contents lists 目录 and page furniture that the reader did not tell apart from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from disclosure_parser.catalogue.titles import bare_core, core
from disclosure_parser.document import Document, Paragraph, Role, Table, fold_text
from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.outline.lines import Form, Line

_HEADING = re.compile(r"(?:目录|目次|contents)", re.IGNORECASE)
#: Dot leaders, a page number, the residue of a page reference field.
_LEADERS = re.compile(r"(?:[.…·‥⋯]\s?){3,}[-—\d\s]*$|\s*PAGEREF\b.*$|(?<=[^\d\s年.,-])\s?\d{1,3}$")
_SURE = re.compile(r"(?:[.…·‥⋯]\s?){4,}|\bPAGEREF\b|_Toc\d")
_PAGE = re.compile(
    r"\s*(?:[-—–─]\s*)+\d{1,4}\s*(?:[-—–─]\s*)+|\s*第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?\s*"
)
_BARE_PAGE = re.compile(r"\s*\d{1,4}\s*")
#: Lines of a contents list without a heading of its own, at least.
_SHORTEST = 4
_LONGEST_LINE = 70


@frozen(kw_only=True)
class Entry:
    """A line of the contents list: its mark, its title without the page number, its key."""

    family: MarkFamily | None
    ordinal: int | None
    title: str

    @property
    def core(self) -> str:
        """The core of the title, as the catalogue compares it."""
        return core(fold_text(self.title))

    @property
    def key(self) -> str:
        """What two printings of the same title share."""
        return bare_core(self.core)


def page_numbers(document: Document) -> dict[int, Role]:
    """Lines of page numbers (``- 3 -``, ``第3页``, numbers that count up) that stand as text.

    A bare number is only taken where at least three of them count up one by one.
    """
    found: list[int] = []
    bare: list[tuple[int, int]] = []
    for index, block in enumerate(document.blocks):
        if not isinstance(block, Paragraph) or block.role is not Role.TEXT or len(block.text) > 30:
            continue
        text = block.text
        if _PAGE.fullmatch(text):
            found.append(index)
        elif _BARE_PAGE.fullmatch(text):
            bare.append((index, int(text)))
    if len(found) < 2:
        found = []
    counting = [
        index for (index, number), (_, following) in pairwise(bare) if following == number + 1
    ]
    if len(counting) >= 2 and len(counting) >= len(bare) * 0.6:
        found.extend(index for index, _ in bare)
    return dict.fromkeys(found, Role.FURNITURE)


def find_contents(
    document: Document, lines: Sequence[Line]
) -> tuple[dict[int, Role], tuple[Entry, ...]]:
    """The blocks of contents lists that the reader took for text, and the lines of the list.

    Lines the reader has told (role ``CONTENTS``) are read too.
    """
    roles: dict[int, Role] = {}
    entries: list[Entry] = []
    told: list[Line] = []
    counts: Counter[str] = Counter()
    begun = False
    position = 0
    while position < len(lines):
        line = lines[position]
        text = line.passage.text
        if document.blocks[line.block].role is Role.CONTENTS:
            if not _HEADING.fullmatch(text):
                told.append(line)
            position += 1
            continue
        headed = len(text) < 10 and _HEADING.fullmatch(text.strip(" :")) is not None
        # A list without a heading stands before the text; behind it titles only seem to repeat.
        begun = begun or len(text) > _LONGEST_LINE or text.endswith("。")
        end = position + headed
        if headed or (line.mark and not begun and _titled(line)) or _SURE.search(text):
            if not counts:
                counts.update(line.key for line in lines if _titled(line))
            end = _run(lines, position + headed, counts, headed=headed)
            begun = begun or (not headed and end - position < _SHORTEST)
        length = end - position - headed
        if headed and length and not _listed(lines, position + 1, end, counts):
            # 目录 with nothing below it: the list was a field, or stands elsewhere.
            roles[line.block] = Role.CONTENTS
            position += 1
            continue
        if (headed and length) or length >= _SHORTEST:
            for member in lines[position:end]:
                roles[member.block] = Role.CONTENTS
            entries.extend(_entries(lines[position + headed : end]))
            position = end
        else:
            position += 1
        if headed and not length:
            roles.update(_table_below(document, line.block))
    return roles, (*_entries(told), *entries)


def _run(lines: Sequence[Line], start: int, counts: Counter[str], *, headed: bool) -> int:
    """The end of the contents list that begins at a line: where the text begins."""
    position = start
    seen: list[Entry] = []
    keys: set[str] = set()
    while position < len(lines):
        line = lines[position]
        text = line.passage.text
        sure = _SURE.search(text) is not None
        if not sure and not _plain(line):
            break
        entry = _entry(line)
        if not sure and len(seen) > 1 and _again(line, entry, seen[0], keys):
            break
        if not sure and not headed and not (line.mark and counts[line.key] > 1):
            break
        seen.append(entry)
        keys.add(entry.key)
        position += 1
    else:
        # The text never begins: only lines that can be nothing else are the list.
        position = start
        while position < len(lines) and _paged(lines[position].passage.text):
            position += 1
    return position


def _listed(lines: Sequence[Line], start: int, end: int, counts: Counter[str]) -> bool:
    """Whether lines below the heading 目录 are its list: they have page numbers, or the text begins
    with the first of them again, or prints most of them."""
    members = lines[start:end]
    if any(_paged(line.passage.text) for line in members):
        return True
    entries = [_entry(line) for line in members]
    if end < len(lines) and len(entries) > 1:
        again = _again(lines[end], _entry(lines[end]), entries[0], {entry.key for entry in entries})
        if again:
            return True
    return 2 * sum(counts[line.key] > 1 for line in members) >= len(members)


def _plain(line: Line) -> bool:
    """Whether a line may be a line of a contents list: words without a sentence."""
    text = line.passage.text
    return (
        len(text) <= _LONGEST_LINE
        and line.form in (Form.TITLE, Form.BARE)
        and line.stop in ("", "。")
        and "," not in text
    )


def _paged(text: str) -> bool:
    return _LEADERS.search(text) is not None


def _again(line: Line, entry: Entry, first: Entry, keys: set[str]) -> bool:
    """Whether a line is one of the list printed again, as a rule the first: the text begins."""
    if entry.key and entry.key == first.key:
        return True
    if len(entry.key) > 3 and line.mark is None and entry.key in keys:
        return True
    same_mark = entry.family is not None and (entry.family, entry.ordinal) == (
        first.family,
        first.ordinal,
    )
    # Number one of the outermost form comes once in a list, whatever its title reads in the text.
    outermost = entry.family in (MarkFamily.PART, MarkFamily.CHAPTER, MarkFamily.CHINESE)
    return same_mark and (outermost or entry.key in first.key or first.key in entry.key)


def _titled(line: Line) -> bool:
    return line.form is Form.TITLE and len(line.key) > 1


def _entry(line: Line) -> Entry:
    text = line.passage.text
    rest = text[line.start :]
    kept = _LEADERS.sub("", rest).rstrip(" .。:;…·")
    title = line.passage.quote(line.start, line.start + len(kept)).text
    return Entry(
        family=line.family,
        ordinal=line.mark.ordinal if line.mark else None,
        title=title,
    )


def _entries(lines: Sequence[Line]) -> list[Entry]:
    """The entries of a list; where nearly all have numbers, a line without one goes on."""
    entries = [_entry(line) for line in lines]
    numbered = sum(entry.family is not None for entry in entries)
    if numbered < 0.75 * len(entries):
        return entries
    joined: list[Entry] = []
    for entry in entries:
        if entry.family is None and joined:
            joined[-1] = evolve(joined[-1], title=joined[-1].title + entry.title)
        else:
            joined.append(entry)
    return joined


def _table_below(document: Document, index: int) -> dict[int, Role]:
    """A table directly below the heading 目录 whose rows are titles with page numbers."""
    for block in range(index + 1, min(index + 4, len(document.blocks))):
        table = document.blocks[block]
        if isinstance(table, Table):
            texts = [fold_text(c.text) for c in table.cells if c.text.strip()]
            if texts and all(len(t) < _LONGEST_LINE and "。" not in t for t in texts):
                return {index: Role.CONTENTS, block: Role.CONTENTS}
            return {}
        if table.text.strip():
            return {}
    return {}
