"""Every format of a report: what ``make corpus`` writes into its folder ``formats``.

``python -m corpus.formats REPORT …`` needs LibreOffice for the legacy formats; the files are
committed. The scanned PDF beside the report is made by ``corpus.scan``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus import office, parts, textforms, web, word, workbook
from corpus.source import Report, load

ROOT = Path(__file__).parent
#: The tables alone: what a workbook can hold of a report.
WORKBOOKS = ("tables.xlsx", "tables.xls")


def render(report: Report) -> dict[str, bytes]:
    """The files by name."""
    docx = word.render(report)
    doc = office.convert(docx, ".docx", "doc")
    files = {
        **{f"report.{form}.txt": textforms.render(report, form).encode() for form in "abc"},
        "report.gb18030.txt": textforms.render(report, "a").encode("gb18030"),
        "report.utf16.txt": textforms.render(report, "b").encode("utf-16"),
        "report.docx": docx,
        "report.doc": doc,
        # WPS writes the same container under another name.
        "report.wps": doc,
        "report.html": web.render(report),
        "report.gbk.html": web.render(report, "gb18030"),
        "report.mht": web.archive(report),
    }
    _, tables = parts.split(report)
    if tables.blocks:
        files["tables.xlsx"] = workbook.render(tables)
        files["tables.xls"] = office.convert(files["tables.xlsx"], ".xlsx", "xls")
    return files


def main(names: list[str]) -> int:
    """Write the formats of the named reports."""
    for name in names:
        folder = ROOT / name / "formats"
        folder.mkdir(exist_ok=True)
        for file, data in render(load(ROOT / name)).items():
            (folder / file).write_bytes(data)
            print(f"{name}/formats/{file}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
