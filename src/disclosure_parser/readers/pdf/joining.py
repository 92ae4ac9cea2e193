"""How the text of one printed line goes on in the next.

Between Chinese characters nothing is put; between Latin words a space. A number that a line end
cuts (``17,98`` / ``1.68``) is put together, a matter of judgement that is reported.
"""

from __future__ import annotations

import re

from attrs import frozen

from disclosure_parser.document import Fragment, Place
from disclosure_parser.readers.pdf.lines import Line

_LATIN_END = re.compile(r"[0-9A-Za-z.,;:!?)\]%]\Z")
_LATIN_START = re.compile(r"[0-9A-Za-z(\[]")
_NUMBER_END = re.compile(r"(?<![\d.,])[\d,]*\d[\d,]*[.]?\d*\Z")
_NUMBER_START = re.compile(r"[\d,.]*\d")
# What a number put together must look like, and the numbers that are whole before the line end.
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_ENDED = re.compile(r".*\.\d{2,}")
_DIGITS = re.compile(r"[-−]?[\d,.]+%?")
_AMOUNT = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,6})?%?")
_ONE_DECIMAL = re.compile(r"[-−]?[\d,]+\.\d")
_LAST_DIGIT = re.compile(r"\d%?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@frozen(kw_only=True)
class Joined:
    """A text put together from lines; ``cut_numbers`` are the offsets where numbers were joined."""

    text: str
    fragments: tuple[Fragment, ...]
    cut_numbers: tuple[int, ...] = ()


def cuts_number(before: str, after: str) -> bool:
    """Whether a number may run from the end of one line to the start of the next.

    It must be a number when put together, and not be whole before: amounts end with two
    decimals, and two years are two years.
    """
    end, start = _NUMBER_END.search(before), _NUMBER_START.match(after)
    if end is None or start is None:
        return False
    if _ENDED.fullmatch(end.group()):
        return False
    if _YEAR.fullmatch(end.group()) and _YEAR.fullmatch(start.group()):
        return False
    return _WHOLE.fullmatch(end.group() + start.group()) is not None


def completes_number(before: str, after: str) -> bool:
    """Whether two texts that are nothing but parts of a number make one whole number.

    ``10,956,789.`` / ``00``; one of the parts is no number by itself. ``12`` / ``34`` are two, and
    ``12.5`` / ``0`` may be.
    """
    if not (_DIGITS.fullmatch(before) and _DIGITS.fullmatch(after)):
        return False
    if not _AMOUNT.fullmatch(before + after):
        return False
    return not (_AMOUNT.fullmatch(before) and _AMOUNT.fullmatch(after))


def may_complete_number(before: str, after: str) -> bool:
    """Whether a digit may be the second decimal of the number before it."""
    return _ONE_DECIMAL.fullmatch(before) is not None and _LAST_DIGIT.fullmatch(after) is not None


def separator(before: str, after: str) -> str:
    """What stands between two lines of running text whose break was at a line end."""
    latin = _LATIN_END.search(before) and _LATIN_START.match(after)
    return " " if latin else ""


def join_lines(lines: list[Line], separators: list[str]) -> Joined:
    """Lines with what stands between each two of them, and where each line is printed."""
    parts: list[str] = []
    fragments: list[Fragment] = []
    cut: list[int] = []
    length = 0
    for index, line in enumerate(lines):
        if index:
            between = separators[index - 1]
            if not between and cuts_number(lines[index - 1].text, line.text):
                cut.append(length)
            parts.append(between)
            length += len(between)
        parts.append(line.text)
        fragments.append(
            Fragment(
                start=length,
                end=length + len(line.text),
                place=Place(page=line.page, box=rounded(line.box)),
            )
        )
        length += len(line.text)
    return Joined(text="".join(parts), fragments=tuple(fragments), cut_numbers=tuple(cut))


def rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A box to hundredths of a point, so that the same input gives the same bytes."""
    x0, top, x1, bottom = box
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)
