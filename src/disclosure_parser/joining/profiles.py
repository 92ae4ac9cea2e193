"""What is known of one file of a disclosure: whose it is, and what it holds."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from attrs import frozen

from disclosure_parser.document import Paragraph, Role, Table, fold_text
from disclosure_parser.identity import Identity
from disclosure_parser.outline import Outline
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.report import Report

#: Kinds of sections that hold tables and no narrative.
_TABLES = {"tables", "statement", "annex"}
#: Statements that are published apart from the narrative; others (采购, 绩效, 资产) stand in it.
STATUTORY = {
    "summary",
    "revenue",
    "expenditure",
    "fiscal_summary",
    "fiscal_expenditure",
    "general_budget",
    "basic",
    "three_public",
    "government_fund",
    "state_capital",
}
#: Characters of prose that make a narrative; captions and notes of tables are shorter together.
_NARRATIVE = 200
_ANNEX = re.compile(r"附[件表](?P<number>\d{1,2})")


@frozen(kw_only=True)
class Profile:
    """What decides about a file: identity, characters of narrative, number of statutory
    statements of revenue and expenditure."""

    name: str
    identity: Identity
    prose: int
    statements: int
    #: The number of an attachment 附件N, if title or name tell it.
    annex: int | None = None

    @property
    def narrates(self) -> bool:
        """Whether the file holds narrative, tables or not."""
        return self.prose >= _NARRATIVE


def profile_of(name: str, read: Outline | Report, identity: Identity) -> Profile:
    """The profile of a file that was read; statements are told from a report only."""
    document = read.document
    blocks = [block for section in read.sections for block in _told(section)]
    prose = sum(
        len(fold_text(block.text))
        for block in (document.blocks[index] for index in blocks)
        if isinstance(block, Paragraph) and block.role is Role.TEXT
    )
    if not read.sections:
        # Without a heading, sentences are told from captions by their end.
        texts = (fold_text(block.text) for _, block in document.paragraphs())
        prose = sum(len(text) for text in texts if text.endswith("。"))
    title = identity.title.text if identity.title is not None else ""
    annex = _ANNEX.search(fold_text(title)) or _ANNEX.search(fold_text(name.rpartition("/")[2]))
    return Profile(
        name=name,
        identity=identity,
        prose=prose,
        statements=sum(s.kind in STATUTORY for s in read.statements)
        if isinstance(read, Report)
        else 0,
        annex=int(annex["number"]) if annex is not None else None,
    )


def _told(section: Section) -> list[int]:
    """The blocks of a section and those under it that may be narrative."""
    if section.kind in _TABLES:
        return []
    return [*section.blocks, *(block for child in section.children for block in _told(child))]


def words_of(outline: Outline) -> list[str]:
    """What a file prints, a word for each paragraph and cell, for comparison with other files."""
    found: list[str] = []
    for block in outline.document.blocks:
        if block.role is not Role.TEXT:
            continue
        if isinstance(block, Paragraph):
            text = fold_text(block.text)
            if len(text) >= 8:
                found.append(text)
        else:
            found.extend(_cells(block))
    return found


def figures_of(outline: Outline, view: TableView) -> list[str]:
    """The numbers of a table, codes among them, each in one form."""
    table = outline.document.blocks[view.block]
    assert isinstance(table, Table)
    return [word for word in _cells(table) if word[:1] in "-0123456789"]


def _cells(table: Table) -> list[str]:
    words = (fold_text(cell.text) for cell in table.cells)
    return [_plain(word) for word in words if word]


def _plain(word: str) -> str:
    """A number without commas and without the zeros that one format prints and another not."""
    try:
        number = Decimal(word.replace(",", ""))
    except InvalidOperation:
        return word
    return format(number.normalize(), "f") if number.is_finite() else word
