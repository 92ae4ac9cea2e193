"""Views of tables: what the rows and columns of a table block are.

A view is computed from the cells and from the lines around the table; it changes nothing and
knows nothing of what kind of table it sees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from disclosure_parser.document import Cell, Document, Quote, Role, Table, fold_text
from disclosure_parser.document.grid import Grid
from disclosure_parser.language.units import find_unit_declaration, unit_of
from disclosure_parser.language.values import Unit
from disclosure_parser.outline.captions import Captions, caption_below, captions_above, notes_below
from disclosure_parser.outline.headers import TOTAL_WORD, compact, is_value
from disclosure_parser.outline.model import Column, TableView
from disclosure_parser.outline.table_rows import Part, cell_anchor

#: Columns that name or number the rows.
_LABEL_COLUMN = re.compile(
    r".*(?:项目|名称|科目|编码|代码|序号|行次|栏次|功能分类|支出用途|类|款|项|单位|部门)(?:\(.*\))?"
)
#: Columns that hold figures; a table without one is a list, and its names are its values.
_FIGURES = re.compile(
    r"[数额计价率]|收入|支出|经费|费用|拨款|预算|决算|结余|比例|金|[一二三]级指标"
)
_NO_VALUE = re.compile(r"[\s\-—–－─/…·.XxＸ×*]*")
_CODE = re.compile(r"\s*\d{1,7}\s*")


def view_tables(document: Document) -> tuple[TableView, ...]:
    """The views of all tables that are text of the report, in reading order.

    A block that holds several tables one below the other gives several views.

    Raises:
        LimitExceededError: a table claims more grid positions than are laid out.
    """
    return tuple(
        view
        for index, table in document.tables()
        if table.role is Role.TEXT
        for view in view_block(document, index)
    )


def view_table(document: Document, block: int) -> TableView:
    """The view of the table at a block index, the first if the block holds several.

    Raises:
        TypeError: the block is not a table.
        LimitExceededError: the table claims more grid positions than are laid out.
    """
    return view_block(document, block)[0]


def view_block(document: Document, block: int) -> tuple[TableView, ...]:
    """The views of a table block: one, or one for each table that it holds.

    Raises:
        TypeError: the block is not a table.
        LimitExceededError: the table claims more grid positions than are laid out.
    """
    table = document.blocks[block]
    if not isinstance(table, Table):
        raise TypeError(f"block {block} is a paragraph, not a table")
    grid = Grid(table)
    above = captions_above(document, block) if table.container is None else Captions()
    if not above.units and above.counted is None and table.container is None:
        above.fill(caption_below(document, block))
    follows = block > 0 and isinstance(document.blocks[block - 1], Table)
    parts = [Part(grid, block, 0, above, follows=follows)]
    while parts[-1].end < grid.rows:
        parts.append(Part(grid, block, parts[-1].end, Captions(), follows=False))
    below = notes_below(document, block)
    return tuple(_view(grid, block, part, below if part is parts[-1] else ()) for part in parts)


def _view(grid: Grid, block: int, part: Part, below: tuple[Quote, ...]) -> TableView:
    captions = part.captions
    unit, unit_quote = captions.unit
    columns = tuple(
        Column(index=index, path=path, unit=_column_unit(path) if path else None)
        for index, path in enumerate(map(tuple, part.paths))
    )
    inside = tuple(_quote(grid.printed(row), block) for row in part.notes)
    return TableView(
        block=block,
        title=captions.title,
        label=captions.label,
        agency=captions.agency,
        agency_code=captions.code,
        period=captions.period,
        counted=captions.counted,
        unit=unit,
        unit_quote=unit_quote,
        caption_rows=tuple(part.caption),
        header_rows=tuple(part.header),
        number_rows=tuple(part.number),
        body_rows=tuple(part.body),
        note_rows=tuple(part.notes),
        columns=columns,
        notes=inside + below,
        empty=_empty(grid, part.body, columns),
    )


def column_index(view: TableView, *words: str) -> int | None:
    """The first column on whose header path all ``words`` occur, compared in folded form."""
    wanted = [fold_text(word) for word in words]
    for column in view.columns:
        path = fold_text("›".join(column.path))
        if all(word in path for word in wanted):
            return column.index
    return None


def row_label(grid: Grid, row: int, columns: Sequence[int] | None = None) -> str:
    """The first text of a row, or of the given columns of it, without its white space."""
    for column in range(grid.columns) if columns is None else columns:
        text = compact(grid.text(row, column))
        if text:
            return text
    return ""


@lru_cache(maxsize=2048)
def _names_rows(name: str) -> bool:
    """Whether a column of this name holds labels or codes of the rows."""
    return _LABEL_COLUMN.fullmatch(fold_text(name)) is not None


@lru_cache(maxsize=2048)
def _column_unit(path: tuple[str, ...]) -> Unit | None:
    """The unit that the header of a column declares, the lowest level first."""
    for text in reversed(path):
        folded = fold_text(text)
        found = find_unit_declaration(folded)
        unit = found[0] if found else unit_of(folded)
        if unit is not None:
            return unit
    return None


def _empty(grid: Grid, body: Sequence[int], columns: Sequence[Column]) -> bool:
    """Whether no body cell holds a value: labels and codes of the rows are none."""
    headed = any(column.path for column in columns)
    figures = any(_FIGURES.search("".join(column.path)) for column in columns)
    label = [bool(figures and column.path and _names_rows(column.path[-1])) for column in columns]
    for row in body:
        for cell in grid.printed(row):
            text = cell.text
            if not text or _NO_VALUE.fullmatch(text) or label[cell.column]:
                continue
            if is_value(text):
                if headed or cell.column or not _CODE.fullmatch(text):
                    return False
            elif columns[cell.column].path and not TOTAL_WORD.fullmatch(compact(text)):
                return False
    return True


def _quote(cells: Sequence[Cell], block: int) -> Quote:
    cell = next(c for c in cells if c.text.strip())
    text = cell.text
    lead = len(text) - len(text.lstrip())
    stripped = text.strip()
    return Quote(text=stripped, anchor=cell_anchor(block, cell).at(lead, lead + len(stripped)))
