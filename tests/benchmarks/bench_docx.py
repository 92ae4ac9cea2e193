"""Time and memory of the Word reader beside a bare walk over the XML and python-docx's cells.

Run it by hand; nothing is asserted about time::

    python -m tests.benchmarks.bench_docx [FOLDER] [--rounds N]

The files of the folder are read together, and a written one of many tables by itself.
"""

from __future__ import annotations

import io
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from lxml import etree

from disclosure_parser.document import Table
from disclosure_parser.readers.docx import read_docx
from disclosure_parser.readers.docx.names import TEXT
from tests.benchmarks.measuring import arguments, medians, peak, source
from tests.readers.docx_files import CONTENT_TYPES, archive, p, part, r, relations, tbl, tc, tr

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_READ = """
from pathlib import Path
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.docx import read_docx
for name in sys.argv[1:]:
    read_docx(Input(data=Path(name).read_bytes(), name=name, limits=Limits()))
"""


def written(tables: int = 60, rows: int = 40) -> bytes:
    """A file of tables as budgets have them: a merged head, seven figures to a row."""
    look = '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/><w:szCs w:val="18"/>'
    centred = '<w:spacing w:line="240"/><w:jc w:val="center"/>'

    def cell(text: str, properties: str = "") -> str:
        return tc(p(r(text, look), properties=centred), properties=properties)

    row = tr(cell("一般公共服务支出", '<w:gridSpan w:val="2"/>'), *[cell("1,234.56")] * 7)
    body = (p("部门收支总表") + tbl(*[row] * rows)) * tables
    override = f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/>'
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.replace("</Types>", f"{override}</Types>"),
            "_rels/.rels": relations({"a": ("officeDocument", "word/document.xml")}),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        }
    )


def whole(data: bytes) -> int:
    """The reader; how many tables it finds."""
    return sum(isinstance(block, Table) for block in read_docx(source(data, "report.docx")).blocks)


def walk(data: bytes) -> None:
    """Every element of the main part looked at once, and the text of those that hold text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for _, element in etree.iterwalk(root):
        if element.tag == TEXT:
            _ = element.text


def cells(data: bytes) -> None:
    """The text of every cell as python-docx gives it."""
    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


READERS: dict[str, Callable[[bytes], object]] = {
    "read_docx": whole,
    "bare walk": walk,
    "python-docx row.cells": cells,
}


def _measure(name: str, files: list[bytes], rounds: int) -> None:
    tables = sum(whole(data) for data in files)

    def all_of(read: Callable[[bytes], object]) -> Callable[[], object]:
        return lambda: [read(data) for data in files]

    times = medians({key: all_of(read) for key, read in READERS.items()}, rounds)
    for key, seconds in times.items():
        print(
            f"{name}, {key}: {tables / seconds:.0f} tables/s, {1000 * seconds:.1f} ms, "
            f"{seconds / times['bare walk']:.1f}x the bare walk"
        )


def main() -> int:
    """Measure and print."""
    given = arguments(__doc__)
    paths = sorted(given.folder.rglob("*.docx"))
    if paths:
        files = [path.read_bytes() for path in paths]
        _measure(f"{len(paths)} files", files, given.rounds)
        print(f"{len(paths)} files, peak: {peak(_READ, *map(str, paths))} MB")
    data = written()
    _measure("60 tables of 40 rows", [data], given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "written.docx"
        path.write_bytes(data)
        print(f"60 tables of 40 rows, peak: {peak(_READ, str(path))} MB")
    print(f"imports alone, peak: {peak(_READ + 'import lxml.etree, docx')} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
