"""Word files written in code, as small as a test needs them."""

from __future__ import annotations

import io
import zipfile

from disclosure_parser.document import Document, Paragraph, Role, Table
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.docx import read_docx

_OFFICE = "http://schemas.openxmlformats.org"
W = f"{_OFFICE}/wordprocessingml/2006/main"
RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATION}" '
    f'xmlns:mc="{_OFFICE}/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    f'xmlns:m="{_OFFICE}/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:wp="{_OFFICE}/drawingml/2006/wordprocessingDrawing" '
    f'xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:c="{_OFFICE}/drawingml/2006/chart" '
    f'xmlns:pic="{_OFFICE}/drawingml/2006/picture" xmlns:dgm="{_OFFICE}/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def part(root: str, content: str) -> str:
    """The XML of a part whose root is ``w:root``."""
    return f"<w:{root} {NAMESPACES}>{content}</w:{root}>"


def archive(files: dict[str, str | bytes]) -> bytes:
    """A zip with these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as output:
        for name, content in files.items():
            output.writestr(name, content)
    return target.getvalue()


CONTENT_TYPES = (
    f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def docx(body: str, **parts: str | bytes) -> bytes:
    """A Word file with a body and further parts (``styles=``, ``numbering=``, ``footnotes=``,
    ``header1=`` …, each the content of the part's root)."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "styles": "styles"}
    roots.update(numbering="numbering", comments="comments", header="hdr", footer="ftr")
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations({"document": ("officeDocument", "word/document.xml")}),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    targets = {}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        targets[name] = (kind, f"{name}.xml")
        wrapped = part(roots[kind], content) if kind in roots and content.__class__ is str else None
        files[f"word/{name}.xml"] = wrapped or content
    files["word/_rels/document.xml.rels"] = relations(targets)
    return archive(files)


def relations(targets: dict[str, tuple[str, str]]) -> str:
    """The XML of relationships, each a kind and a target by its id."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{RELATION}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    package = f"{_OFFICE}/package/2006/relationships"
    return f'<Relationships xmlns="{package}">{entries}</Relationships>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph of texts, and of XML where it begins with ``<``."""
    inner = "".join(item if item.startswith("<") else r(item) for item in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*paragraphs: str, properties: str = "") -> str:
    """A cell of texts, or of XML where it begins with ``<``."""
    inner = "".join(item if item.startswith("<") else p(item) for item in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    inner = "".join(cell if cell.startswith("<") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def begin() -> str:
    """The mark that begins a field."""
    return '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


def code(text: str) -> str:
    """A field's code."""
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def separate() -> str:
    """The mark between a field's code and its result."""
    return '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


def end() -> str:
    """The mark that ends a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def box(*paragraphs: str, fallback: bool = True) -> str:
    """A text box as Word writes it, once more for older programs if ``fallback``."""
    inner = "".join(item if item.startswith("<") else p(item) for item in paragraphs)
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    old = (
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        f"</a:graphic></wp:anchor></w:drawing></mc:Choice>{old if fallback else ''}"
        "</mc:AlternateContent></w:r>"
    )


def read(data: bytes, limits: Limits | None = None) -> Document:
    """Read a Word file."""
    return read_docx(Input(data=data, name="report.docx", limits=limits or Limits()))


def texts(document: Document, role: Role = Role.TEXT) -> list[str]:
    """The texts of the paragraphs of a role."""
    return [paragraph.text for _, paragraph in document.paragraphs(role)]


def tables(document: Document) -> list[Table]:
    """The tables of a document."""
    return [table for _, table in document.tables()]


def first(document: Document) -> Paragraph:
    """The first block, which is a paragraph."""
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    return block


def codes(document: Document) -> list[str]:
    """The codes of the diagnostics."""
    return [entry.code for entry in document.diagnostics]
