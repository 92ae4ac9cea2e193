"""Automatic numbering 自动编号: the numbers that Word prints and a file does not hold.

A paragraph names a list (``num``), which names the description of its levels (``abstractNum``).
Lists of one description count on together; a list with a start of its own (``startOverride``)
begins anew where it is used first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.readers.docx import numerals
from disclosure_parser.readers.docx.names import ALTERNATE, FALLBACK, VAL, w
from disclosure_parser.readers.docx.styles import Form, Styles
from disclosure_parser.readers.docx.symbols import symbol
from disclosure_parser.readers.docx.values import integer, switched

if TYPE_CHECKING:
    from lxml import etree

    from disclosure_parser.readers.docx.package import Log

_LEVELS = 9
#: Numbering styles that may stand between a list and its description.
_LINKS = 9
#: Characters of a number's pattern; Word takes no more.
_LONGEST = 255
_PLACE = re.compile(r"%([1-9])")
_SUFFIXES = {"tab": "\t", "space": " ", "nothing": ""}
_PADDED = re.compile(r"(0+)1,")
_BULLET = "•"


@frozen(kw_only=True)
class Level:
    """One level of a list: how it counts and how it prints.

    ``restart`` is the 1-based level that makes this one begin again (0: none does, ``None``:
    every higher one); ``style`` the paragraph style that stands for this level; ``width`` the
    least number of digits.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "\t"
    legal: bool = False
    restart: int | None = None
    style: str = ""
    width: int = 0


@frozen(kw_only=True)
class List:
    """A list: its levels, the key of the counters it shares, the levels it begins anew."""

    counters: str
    levels: dict[int, Level]
    starts: dict[int, int]
    by_style: dict[str, int]

    def level(self, index: int) -> Level:
        """A level; one that is not described prints nothing."""
        return self.levels.get(index, _UNKNOWN)

    def start(self, index: int) -> int:
        """The number that a level begins with."""
        return self.starts.get(index, self.level(index).start)


_UNKNOWN = Level(form="none", suffix="")


class Lists:
    """The lists of a document, read from ``numbering.xml`` when they are asked for."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._nums: dict[int, etree._Element] = {}
        self._abstracts: dict[str, etree._Element] = {}
        self._links: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[int, List | None] = {}
        for item in root if root is not None else ():
            if item.tag == w("num"):
                number = integer(item.get(w("numId")))
                if number is not None:
                    self._nums.setdefault(number, item)
            elif item.tag == w("abstractNum"):
                key = item.get(w("abstractNumId"), "")
                self._abstracts.setdefault(key, item)
                link = item.find(w("styleLink"))
                if link is not None:
                    self._links.setdefault(link.get(VAL, ""), key)

    def get(self, num_id: int) -> List | None:
        """The list of a number; ``None`` where the document does not describe it."""
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: int) -> List | None:
        num = self._nums.get(num_id)
        key = None if num is None else self._abstract(num)
        if num is None or key is None:
            return None
        if key not in self._levels:
            self._levels[key] = dict(_levels(self._abstracts[key]))
        levels = dict(self._levels[key])
        starts: dict[int, int] = {}
        for override in num.iterchildren(w("lvlOverride")):
            index = integer(override.get(w("ilvl")))
            if index is None:
                continue
            levels.update((index, level) for _, level in _levels(override))
            start = override.find(w("startOverride"))
            value = None if start is None else integer(start.get(VAL))
            if value is not None:
                starts[index] = value
        by_style = {level.style: index for index, level in levels.items() if level.style}
        return List(counters=key, levels=levels, starts=starts, by_style=by_style)

    def _abstract(self, num: etree._Element) -> str | None:
        """The key of a list's description, over the numbering styles that stand between."""
        for _ in range(_LINKS):
            reference = num.find(w("abstractNumId"))
            key = "" if reference is None else reference.get(VAL, "")
            abstract = self._abstracts.get(key)
            if abstract is None:
                return None
            link = abstract.find(w("numStyleLink"))
            if link is None:
                return key
            name = link.get(VAL, "")
            linked = self._nums.get(self._styles.number_style(name) or 0)
            if linked is None or linked is num:
                return self._links.get(name)
            num = linked
        return None  # numbering styles that name each other


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(w("lvl")):
        index = integer(element.get(w("ilvl")))
        if index is not None and 0 <= index < _LEVELS:
            yield index, _level(element)


def _level(element: etree._Element) -> Level:
    values = {item.tag: item.get(VAL, "") for item in element}
    form, width = _format(element)
    text = values.get(w("lvlText"), "")[:_LONGEST]
    if form == "bullet":
        text = _bullet(element, text)
    legal = element.find(w("isLgl"))
    start = integer(values.get(w("start")))
    return Level(
        start=0 if start is None else start,
        form=form,
        text=text,
        suffix=_SUFFIXES.get(values.get(w("suff"), "tab"), "\t"),
        legal=legal is not None and switched(legal),
        restart=integer(values.get(w("lvlRestart"))),
        style=values.get(w("pStyle"), ""),
        width=width,
    )


def _format(element: etree._Element) -> tuple[str, int]:
    """The number format of a level, and the digits that a format of one's own pads to."""
    plain = element.find(w("numFmt"))
    width = 0
    alternate = element.find(ALTERNATE)
    if alternate is not None:
        for custom in alternate.iter(w("numFmt")):
            padded = _PADDED.match(custom.get(w("format"), ""))
            width = len(padded[1]) + 1 if padded else width
        plain = alternate.find(f"{FALLBACK}/{w('numFmt')}") if plain is None else plain
    return ("decimal" if plain is None else plain.get(VAL, "decimal")), width


def _bullet(element: etree._Element, text: str) -> str:
    """A bullet as it is printed; symbol fonts have theirs in the private area."""
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    font = "" if fonts is None else fonts.get(w("ascii"), "") or fonts.get(w("hAnsi"), "")
    if len(text) != 1 or not "\ue000" <= text <= "\uf8ff":
        return text
    return symbol(font, ord(text)) or _BULLET


class Counter:
    """Counts the numbered paragraphs of a story and gives the numbers they print."""

    def __init__(self, lists: Lists, log: Log) -> None:
        self._lists = lists
        self._log = log
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def number(self, form: Form) -> str:
        """The number that the next paragraph prints, with what parts it from the text.

        Empty for a paragraph without a list, and for a list that prints nothing.
        """
        if not form.num_id:
            return ""
        found = self._lists.get(form.num_id)
        if found is None:
            self._log.add(
                "docx.numbering", f"list {form.num_id} is not described: its numbers are missing"
            )
            return ""
        index = _level_of(form, found)
        self._count(form.num_id, found, index)
        level = found.level(index)
        if level.form == "bullet":
            return level.text + level.suffix if level.text else ""
        counts = self._counts[found.counters]

        def fill(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place > index:
                return ""
            return self._print(found.level(place), counts[place], level)

        text = _PLACE.sub(fill, level.text)
        return text + level.suffix if text else ""

    def _count(self, num_id: int, found: List, index: int) -> None:
        counts = self._counts.setdefault(found.counters, {})
        if index in found.starts and (num_id, index) not in self._begun:
            counts[index] = found.starts[index]
        else:
            counts[index] = counts[index] + 1 if index in counts else found.start(index)
        self._begun.add((num_id, index))
        for higher in range(index):
            # A level that is left out counts as begun: 1.1 is followed by 2, not by 1.
            counts.setdefault(higher, found.start(higher))
        for deeper in [place for place in counts if place > index]:
            restart = found.level(deeper).restart
            if restart is None or index < restart:
                del counts[deeper]

    def _print(self, level: Level, value: int, printed_by: Level) -> str:
        if printed_by.legal and level.form != "none":
            return str(value)
        if not numerals.known(level.form):
            self._log.add(
                "docx.number_format",
                f"numbers of format {level.form} are printed as digits here",
            )
        return numerals.printed(value, level.form).rjust(level.width, "0")


def _level_of(form: Form, found: List) -> int:
    """The level of a paragraph; in a list that its style gives, the style may stand for one."""
    if form.list_style:
        for style in (form.style, form.list_style):
            if style in found.by_style:
                return found.by_style[style]
    return min(max(form.level or 0, 0), _LEVELS - 1)
