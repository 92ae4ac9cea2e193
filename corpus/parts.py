"""A report in two files, as many agencies publish it: the narrative, and the tables apart."""

from __future__ import annotations

import attrs

from corpus import word, workbook
from corpus.source import Block, Para, Report

#: The files, and how each is made of its part.
FILES = {"narrative.docx": word.render, "tables.xlsx": workbook.render}


def split(report: Report) -> tuple[Report, Report]:
    """Narrative and tables: the top section whose title names the tables, and all others."""
    parts: dict[bool, list[Block]] = {False: [], True: []}
    tables = False
    for block in report.blocks:
        if isinstance(block, Para) and block.level == 1:
            tables = block.printed.endswith(("决算表", "预算表"))
        parts[tables].append(block)
    narrative, rest = (attrs.evolve(report, blocks=tuple(parts[key])) for key in (False, True))
    return narrative, rest


def render(report: Report) -> dict[str, bytes]:
    """The files by name."""
    made = zip(FILES.items(), split(report), strict=True)
    return {name: form(part) for (name, form), part in made}
