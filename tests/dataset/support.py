"""Small reports and datasets of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from disclosure_parser import Report, dataset
from disclosure_parser.batch import Settings, run_batch
from disclosure_parser.batch.tables import ParquetTables
from disclosure_parser.checks import CheckReport
from disclosure_parser.dataset.cells import Row
from disclosure_parser.dataset.reading import Dataset
from disclosure_parser.dataset.rows import report_row, tables_of


def rows_of(report: Report, check: CheckReport | None = None) -> dict[str, list[Row]]:
    """The rows of a report by table."""
    tables = {name: list(rows) for name, rows in tables_of(report, check).items()}
    counts = {name: len(rows) for name, rows in tables.items()}
    return {**tables, "reports": [report_row(report, counts)]}


TABLES = Settings(workers=1, sinks=(ParquetTables(),))


def budget(
    agency: str, year: int, total: str, change: str = "", code: str = "", kind: str = "预算"
) -> bytes:
    """A budget (or, for ``kind`` 决算, accounts) with the three public expenses: ``change`` is what
    follows the total, ``code`` the agency's code in the caption of a table."""
    caption = f"\t{code}{agency}\t单位：万元\n" if code else ""
    text = (
        f"{agency}{year}年部门{kind}\n\n"
        "一、部门职责\n负责本级的有关工作。\n\n"
        f"二、“三公”经费{kind}情况\n{year}年“三公”经费{kind}{total}{change}。\n"
    )
    if code:
        text += (
            "\n三、政府采购情况\n"
            "部门政府采购预算\n"
            f"{caption}"
            "\t采购物品名称\t政府采购目录序号\t计量单位\t数量\t单价\t政府采购金额\n"
            "\t便携式计算机\tA02010105\t台\t2\t0.60\t1.20\n"
        )
    return text.encode()


def made(folder: Path, files: Mapping[str, bytes], settings: Settings = TABLES) -> Dataset:
    """The dataset of files with names."""
    sources = folder / "in"
    sources.mkdir()
    for name, data in files.items():
        (sources / name).write_bytes(data)
    run_batch([sources], folder / "out", settings=settings)
    return dataset.open(folder / "out")
