"""Workbooks made for tests: the XML of a .xlsx written by hand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from disclosure_parser.document import Document, Role, Table
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from disclosure_parser.readers.workbook.model import column_name

SOFFICE = shutil.which("soffice")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_CONTENT}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_CONTENT}.styles+xml"/>%s</Types>'
)
#: A cell: nothing, a text, a number, a number with its format, or XML of its own.
Value = None | str | float | tuple[float | str, str]


class Raw(str):
    """The XML of a cell's content and attributes, with ``@`` for its name."""

    __slots__ = ()


def sheet(
    rows: Sequence[Sequence[Value]],
    *,
    merged: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    show_zeros: bool = True,
) -> dict[str, object]:
    """A sheet to put into :func:`xlsx`; rows and columns to hide count from 1."""
    return {
        "rows": rows, "merged": merged, "hidden_rows": hidden_rows,
        "hidden_columns": hidden_columns, "zeros": show_zeros,
    }  # fmt: skip


def xlsx(
    sheets: dict[str, dict[str, object]],
    *,
    hidden: Sequence[str] = (),
    date1904: bool = False,
    extra: dict[str, str] | None = None,
) -> bytes:
    """The bytes of a workbook."""
    codes: list[str] = []
    parts: dict[str, str] = {}
    listed, related, types = "", "", ""
    for number, (name, content) in enumerate(sheets.items(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(content, codes)
        state = ' state="hidden"' if name in hidden else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>'
        related += (
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        types += (
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
            f'ContentType="{_CONTENT}.worksheet+xml"/>'
        )
    related += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    parts["[Content_Types].xml"] = _TYPES % types
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<workbookPr date1904="{int(date1904)}"/><sheets>{listed}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
    )
    parts["xl/styles.xml"] = _styles(codes)
    parts.update(extra or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return stream.getvalue()


def _sheet(content: dict[str, object], codes: list[str]) -> str:
    rows: Sequence[Sequence[Value]] = content["rows"]  # type: ignore[assignment]
    hidden_rows: Sequence[int] = content["hidden_rows"]  # type: ignore[assignment]
    hidden_columns: Sequence[int] = content["hidden_columns"]  # type: ignore[assignment]
    merged: Sequence[str] = content["merged"]  # type: ignore[assignment]
    data = ""
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{column_name(index)}{number}", value, codes)
            for index, value in enumerate(row)
            if value is not None
        )
        state = ' hidden="1"' if number in hidden_rows else ""
        data += f'<row r="{number}"{state}>{cells}</row>'
    columns = "".join(f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in hidden_columns)
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0" '
        f'showZeros="{int(bool(content["zeros"]))}"/></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{data}</sheetData>"
        + (f"<mergeCells>{spans}</mergeCells>" if spans else "")
        + "</worksheet>"
    )


def _cell(name: str, value: Value, codes: list[str]) -> str:
    if isinstance(value, Raw):
        return value.replace("@", name)
    style = ""
    if isinstance(value, tuple):
        value, code = value
        if code not in codes:
            codes.append(code)
        style = f' s="{codes.index(code) + 1}"'
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"{style}><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"{style}><v>{value!r}</v></c>'


def _styles(codes: list[str]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + index}" formatCode={quoteattr(code)}/>'
        for index, code in enumerate(codes)
    )
    forms = "".join(
        f'<xf numFmtId="{164 + index}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for index in range(len(codes))
    )
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        + (f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else "")
        + '<fonts count="1"><font><sz val="11"/><name val="x"/></font></fonts>'
        '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="{len(codes) + 1}"><xf numFmtId="0" fontId="0"/>{forms}</cellXfs>'
        "</styleSheet>"
    )


def converted(data: bytes, suffix: str, target: str, folder: Path) -> Path:
    """A file converted by LibreOffice."""
    assert SOFFICE is not None
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", target, "--outdir", str(folder / "out"), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "out" / f"file.{target.split(':')[0]}"


def read(data: bytes, name: str | None = None, limits: Limits | None = None) -> Document:
    """A document from bytes."""
    return read_document(data, limits=limits or Limits(), name=name)


def texts(document: Document, role: Role = Role.TEXT) -> list[str]:
    """The paragraphs of a role."""
    return [block.text for _, block in document.paragraphs(role)]


def tables(document: Document) -> list[Table]:
    """The tables."""
    return [table for _, table in document.tables()]


def codes_of(document: Document) -> set[str]:
    """The codes of the diagnostics."""
    return {found.code for found in document.diagnostics}


def lines_of(table: Table) -> list[list[str]]:
    """The texts of a table's cells, row by row, as far as cells begin there."""
    lines: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        lines[cell.row].append(cell.text)
    return lines
