"""Folding: the form of a text that patterns match, with an exact map back to the print.

Folded are width (``１．`` → ``1.``, ``（`` → ``(``), CJK radicals (``⻋`` → ``车``), Traditional
characters, quotation marks, and spaces that justification puts inside words (``1178.82 万 元``).
Two runs of Latin letters or digits keep one space between them, since ``2 4`` is not ``24``.
Full stops ``。`` and enumeration commas ``、`` stay: they carry structure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from disclosure_parser.document._han import SIMPLIFIED, TRADITIONAL

# Unicode EquivalentUnifiedIdeograph of the CJK Radicals Supplement; NFKC leaves these alone.
_RADICALS = dict(
    zip(
        "⺁⺅⺆⺇⺈⺉⺊⺌⺍⺎⺒⺓⺖⺘⺙⺜⺝⺟⺠⺡⺣⺤⺥⺧⺨⺩⺫⺬⺭⺮⺰⺶⺷⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻐⻑⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂亻冂几刀刂卜小小兀巳幺忄扌攵日月母民氵灬爫爫牛犭王目示礻竹纟羊羊耂聿月臼艹艹艹虎衤西西见角角讠贝足车辶辶辶钅长长门阜阝雨青韦页风飞食饣饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)


def _table() -> dict[int, str]:
    simplified = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    # 薴 is written 苧, which is itself a Traditional form of 苎: folding twice is folding once.
    table = {ord(a): simplified.get(b, b) for a, b in simplified.items()}
    for first, last in ((0x2F00, 0x2FD6), (0xF900, 0xFB00), (0xFF01, 0xFF5F)):
        for code in range(first, last):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                # A compatibility form may fold to a Traditional character: fold that too.
                table[code] = table.get(ord(folded), folded)
    table.update((ord(a), b) for a, b in _RADICALS.items())
    table.update(dict.fromkeys(map(ord, "“”„‟〝〞「」『』＂"), '"'))
    table.update(dict.fromkeys(map(ord, "‘’‚‛＇"), "'"))
    table.update(dict.fromkeys(map(ord, "−－‐‑"), "-"))
    table.update(dict.fromkeys(map(ord, "﹙⟮"), "("))
    table.update(dict.fromkeys(map(ord, "﹚⟯"), ")"))
    table.update({ord(a): b for a, b in zip("≧⩾≦⩽", "≥≥≤≤", strict=True)})
    table.update({ord("﹪"): "%", ord("﹐"): ",", ord("﹒"): ".", ord("﹕"): ":", ord("︰"): ":"})
    return table


_TABLE = _table()
# Zero-width characters and soft hyphens are noise wherever they stand.
_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_SPACE = re.compile(r"\s")
_LATIN = re.compile(r"[0-9A-Za-z]")


@frozen
class Folded:
    """A folded text and the way back to the print.

    ``origin`` holds, for each folded character, the offset of the printed character it stands
    for, and one entry more for the end.
    """

    text: str
    printed: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The printed interval of a folded interval; leading and trailing noise stays outside."""
        if start >= end:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end - 1] + 1

    def printed_text(self, start: int, end: int) -> str:
        """The printed characters of a folded interval."""
        first, last = self.span(start, end)
        return self.printed[first:last]


def fold(text: str) -> Folded:
    """Fold ``text`` for matching; see the module's docstring."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> Folded:
    folded = text.translate(_TABLE)
    if not _NOISE.search(folded):
        return Folded(folded, text, range(len(text) + 1))
    pieces: list[str] = []
    origin: list[int] = []
    position = 0
    for noise in _NOISE.finditer(folded):
        start, end = noise.span()
        pieces.append(folded[position:start])
        origin.extend(range(position, start))
        before = folded[start - 1] if start else ""
        after = folded[end] if end < len(folded) else ""
        if _LATIN.match(before) and _LATIN.match(after) and _SPACE.search(noise.group()):
            pieces.append(" ")
            origin.append(start)
        position = end
    pieces.append(folded[position:])
    origin.extend(range(position, len(folded) + 1))
    return Folded("".join(pieces), text, tuple(origin))


#: The words of cells and headings are folded again and again: a column's once for each thing
#: that is looked for in it.
_SHORT = 64
_fold_short = lru_cache(maxsize=4096)(_fold)


def fold_text(text: str) -> str:
    """Only the folded text, where no way back is needed."""
    return (_fold_short(text) if len(text) <= _SHORT else _fold(text)).text
