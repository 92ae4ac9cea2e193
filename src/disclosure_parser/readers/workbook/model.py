"""A sheet as it is printed: cells with their text, and what is merged or hidden."""

from __future__ import annotations

from attrs import define, field, frozen

from disclosure_parser.readers.workbook.formats import GENERAL

#: The last row and column, from 0, that a sheet can have.
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


@frozen(kw_only=True)
class CellStyle:
    """How the cells of a style are printed; ``code`` is the number format."""

    code: str = GENERAL
    bold: bool = False
    size: float | None = None
    centred: bool = False
    indent: int = 0


@frozen(kw_only=True)
class Printed:
    """A cell as it is printed. ``size`` in points, ``indent`` in steps of about a character."""

    text: str
    bold: bool = False
    centred: bool = False
    size: float | None = None
    indent: int = 0


@define
class Sheet:
    """A sheet 工作表. Rows and columns count from 0; ``merged`` are inclusive ranges
    (first row, first column, last row, last column)."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Printed] = field(factory=dict)
    merged: list[tuple[int, int, int, int]] = field(factory=list)
    hidden_rows: set[int] = field(factory=set)
    #: Inclusive ranges of hidden columns.
    hidden_columns: list[tuple[int, int]] = field(factory=list)


def column_name(column: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell: ``B7``."""
    return f"{column_name(column)}{row + 1}"
