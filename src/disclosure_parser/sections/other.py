"""Other matters 其他需说明的事项: statements such as which tables are empty and why."""

from __future__ import annotations

import re
from enum import StrEnum

from attrs import frozen

from disclosure_parser.document import Quote
from disclosure_parser.language.values import ValueState
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context, TextBlock
from disclosure_parser.sections.model import Line, Record


class StatementKind(StrEnum):
    """What a statement declares."""

    #: Something is none: 无政府性基金预算财政拨款.
    NONE = "none"
    #: Tables are empty: 故本表为空表.
    EMPTY_TABLE = "empty_table"
    TEXT = "text"


@frozen(kw_only=True)
class Statement:
    """A statement: its text, what it declares, and the things it declares to be none.

    An ``empty_table`` statement's ``subjects`` are the reason why the tables are empty.
    """

    kind: StatementKind
    text: Quote
    subjects: tuple[Line, ...] = ()


@frozen(kw_only=True)
class OtherMatters(Record):
    """Other matters 其他事项; ``lines`` are figures in them that declare nothing to be none."""

    statements: tuple[Statement, ...] = ()
    lines: tuple[Line, ...] = ()


_EMPTY = re.compile(r"空表|无数据|(?:本|该)表(?:数)?(?:为)?(?:空|零|无)|没有数据")


@frozen(kw_only=True)
class OtherExtractor(ByKind):
    """Reads sections of kind ``other`` and ``empty_tables``."""

    record: type[Record] = OtherMatters

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record | None:
        statements: list[Statement] = []
        lines: list[Line] = []
        for section in sections:
            for text in context.texts(section):
                statement, rest = _statement(text, context)
                statements.append(statement)
                lines.extend(rest)
        if not statements:
            return None
        return OtherMatters(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            statements=tuple(statements),
            lines=tuple(lines),
        )


def _statement(text: TextBlock, context: Context) -> tuple[Statement, list[Line]]:
    lines = context.lines_of(text.passage)
    none = [x for x in lines if any(a.amount.state is ValueState.NIL for a in x.amounts)]
    rest = [line for line in lines if line not in none]
    kind = StatementKind.NONE if none else StatementKind.TEXT
    if _EMPTY.search(text.passage.text):
        kind = StatementKind.EMPTY_TABLE
    return Statement(kind=kind, text=text.body, subjects=tuple(none)), rest


OTHER = OtherExtractor(
    name="other", kinds=frozenset({"other", "empty_tables"}), absorbs=frozenset({"empty_tables"})
)
