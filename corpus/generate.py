"""Reports by the thousand, for batches: other agencies, figures, lengths and formats.

Run ``python -m corpus.generate FOLDER --count 10000`` from the project's root. Each report is one
of the corpus with another agency, all its amounts multiplied by one number (so that its sums still
add up), its years shifted, some of its parts left out, in one of the formats. A number gives the
same bytes each time. They are for volume, not for keys: nobody has read them.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from attrs import evolve, frozen

from corpus import sheets, textforms, word
from corpus.build import reports
from corpus.source import Block, Cell, Contents, Grid, Para, Report, load

_PLACES = "安宝昌德东丰光海和恒吉嘉金景康乐龙明南宁平清泉瑞山石泰桐望文西新兴阳永云泽中"
_LEVELS = ("省", "市", "区", "县")
_MATTERS = ("档案", "水利", "气象", "审计", "统计", "林业", "文化", "体育", "医保", "信访")
_BODIES = ("局", "委员会", "中心", "服务站", "管理处", "办公室")
_MONEY = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?(?=\s*(?:万元|亿元|元))")
_MONEY_CELL = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2})")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?=\s*年)")
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")


@frozen(kw_only=True)
class Made:
    """A generated report."""

    name: str
    data: bytes


def make(number: int, *, short: bool = False) -> Made:
    """The report of a number; ``short`` ones keep about a quarter of their parts."""
    chance = random.Random(number)
    known = _known()
    report, agency = known[chance.randrange(len(known))]
    report = _shortened(report, chance, 0.25 if short else chance.choice((0.5, 1.0, 1.0)))
    change = _changes(chance, agency, number)
    report = evolve(report, blocks=tuple(_changed(block, change) for block in report.blocks))
    form = chance.choice([form for form in report.formats if form != "docx"] + ["docx"])
    folder = f"{number // 1000:03}"
    if form == "docx":
        return Made(name=f"{folder}/{number:06}.docx", data=word.render(report))
    if form == "pdf":
        return Made(name=f"{folder}/{number:06}.pdf", data=sheets.render(report))
    text = textforms.render(report, form)
    encoding = chance.choice(_ENCODINGS)
    if chance.random() < 0.3:
        text = text.replace("\n", "\r\n")
    return Made(name=f"{folder}/{number:06}.txt", data=text.encode(encoding, "replace"))


def broken(number: int) -> Made:
    """A file as archives hold them that is no report any more: cut, emptied, overwritten."""
    chance = random.Random(f"broken {number}")
    made = make(number, short=True)
    data = bytearray(made.data)
    kind = chance.randrange(5)
    if kind == 0:
        data = data[: len(data) // 3]
    elif kind == 1:
        data = bytearray()
    elif kind == 2:
        data = bytearray(chance.randbytes(len(data)))
    elif kind == 3:
        for _ in range(50):
            data[chance.randrange(len(data))] = chance.randrange(256)
    else:
        data = bytearray(b"PK\x03\x04" + data)
    return Made(name=made.name, data=bytes(data))


@cache
def _known() -> tuple[tuple[Report, str], ...]:
    """The reports of the corpus with the agencies that their keys name."""
    found = []
    for folder in reports():
        key = tomllib.loads((folder / "facts.toml").read_text("utf-8"))
        found.append((load(folder), key["identity"]["agency"]))
    return tuple(found)


def _shortened(report: Report, chance: random.Random, share: float) -> Report:
    """Only some of the parts that stand under the highest headings, and what precedes them."""
    parts: list[list[Block]] = [[]]
    for block in report.blocks:
        if isinstance(block, Para) and block.level == 1:
            parts.append([])
        parts[-1].append(block)
    front, *rest = parts
    count = max(1, round(len(rest) * share))
    chosen = sorted(chance.sample(range(len(rest)), min(count, len(rest))))
    blocks = [*front, *(block for number in chosen for block in rest[number])]
    # The numbers are printed as they were, with gaps; Word would count anew.
    plain = [evolve(b, number="") if isinstance(b, Para) else b for b in blocks]
    settings = {**report.settings, "numbering": "plain"}
    return evolve(report, settings=settings, blocks=tuple(plain))


def _changes(chance: random.Random, agency: str, number: int) -> Callable[[str], str]:
    """What is done to every text of the report."""
    place = chance.choice(_PLACES) + _PLACES[number % len(_PLACES)] + chance.choice(_LEVELS)
    other = place + chance.choice(_MATTERS) + chance.choice(_BODIES)
    factor, shift = chance.randrange(2, 1000), chance.randrange(-2, 2)

    def times(match: re.Match[str]) -> str:
        digits = match[0].replace(",", "")
        whole, _, decimals = digits.partition(".")
        product = str(abs(int(whole + decimals)) * factor).zfill(len(decimals) + 1)
        cut = len(product) - len(decimals)
        whole, decimals = product[:cut], product[cut:]
        told = f"{int(whole):,}" if "," in match[0] else whole
        sign = "-" if digits.startswith("-") else ""
        return f"{sign}{told}.{decimals}" if decimals else f"{sign}{told}"

    def change(text: str) -> str:
        text = text.replace(agency, other)
        text = _YEAR.sub(lambda match: str(int(match[0]) + shift), text)
        if _MONEY_CELL.fullmatch(text):
            return _MONEY_CELL.sub(times, text)
        return _MONEY.sub(times, text)

    return change


def _changed(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, Para):
        runs = tuple(evolve(run, text=change(run.text)) for run in block.runs)
        return evolve(block, runs=runs)
    if isinstance(block, Grid):
        cells: tuple[Cell, ...] = tuple(
            evolve(cell, text=change(cell.text)) for cell in block.cells
        )
        return evolve(block, cells=cells)
    if isinstance(block, Contents):
        return Contents(tuple((level, change(text), page) for level, text, page in block.entries))
    return block


def main(arguments: list[str]) -> int:
    """Write reports into a folder."""
    parser = argparse.ArgumentParser(prog="corpus.generate", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="number of the first report")
    parser.add_argument("--short", action="store_true", help="a quarter of the parts of each")
    parser.add_argument("--broken", type=float, default=0.0, help="share of damaged files")
    options = parser.parse_args(arguments)
    for number in range(options.first, options.first + options.count):
        bad = random.Random(f"bad {number}").random() < options.broken
        made = broken(number) if bad else make(number, short=options.short)
        path = options.folder / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
