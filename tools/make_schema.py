"""Write ``docs/dataset-schema.md``, the tables of a dataset, from their declaration.

python tools/make_schema.py          # write it
python tools/make_schema.py --check  # exit with 1 if it is not what is declared
"""

from __future__ import annotations

import sys
from pathlib import Path

from disclosure_parser.dataset.about_panel import PANEL
from disclosure_parser.dataset.model import Column, Table
from disclosure_parser.dataset.schema import DATASET, PRECISION, SCALE, SCHEMA

PAGE = Path(__file__).parents[1] / "docs" / "dataset-schema.md"

_HEAD = f"""# The tables of a dataset

*Written by `tools/make_schema.py` from `disclosure_parser.dataset.schema`. What they are for:
[Datasets](dataset.md).*

Version: `{SCHEMA}`. It stands in `dataset.json` and in every Parquet file (metadata key
`disclosure_schema`), and changes where a column goes or changes its meaning; columns may be added
without.

| type | in Parquet | what it holds |
|---|---|---|
| text | string | words with runs of white space as one space, printed figures as they are |
| integer | int64 | |
| decimal | decimal128({PRECISION}, {SCALE}) | exact |
| boolean | bool | |

A number that a decimal cannot hold (more than {PRECISION - SCALE} digits before the point, more
than {SCALE} after it) is null, its printed text stands beside it, and a row of `diagnostics`
(`dataset.number`) says so: nothing is rounded. A decimal does not tell `4.00` from `4`:
`decimals` has the printed places. Half a surrogate pair from a damaged font is written as
`\\udc80` (`dataset.text`).

Blank, dash, 无 and 0 are four things: `state` tells them apart (`blank`, `dash`, `nil`,
`number`; what is no value is `text`), and only `number` has a number. Running numbers count
within one report: join by `report` too.
"""


def page() -> str:
    """The text of the page."""
    return "\n".join([_HEAD, *map(_section, (*DATASET, PANEL))])


def _section(table: Table) -> str:
    lines = [f"## {table.name}\n", f"{table.zh}。 {table.en[0].upper()}{table.en[1:]}.\n"]
    keys = [f"Primary key: {_names(table.primary_key)}."]
    keys += [f"{_names(key.columns)} → `{key.table}`." for key in table.foreign_keys]
    lines += [" ".join(keys) + "\n", "| column | type | | |", "|---|---|---|---|"]
    lines += map(_line, table.columns)
    return "\n".join(lines) + "\n"


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _line(column: Column) -> str:
    kind = column.type if column.nullable else f"{column.type}, required"
    values = f" ({', '.join(f'`{value}`' for value in column.values)})" if column.values else ""
    return f"| `{column.name}` | {kind} | {column.zh} | {column.en}{values} |"


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is up to date."""
    text = page()
    if "--check" in arguments:
        return int(PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
