"""Formats told by content: a table of magic tests, readers and names.

A format that becomes readable later is one entry with a reader. The name of a file never decides
what it is read as; it only tells whether the file is mislabelled.
"""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from attrs import field, frozen

from disclosure_parser.errors import CorruptDocumentError
from disclosure_parser.readers import ocr

#: The header of a PDF may stand behind this many bytes of something else.
_PDF_JUNK = 1024
_HEAD = 4096
_PDF = re.compile(rb"%PDF-\d")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARKUP = re.compile(
    rb"<!doctype\s+html|<(?:html|head|body|meta|table|div|title|script)(?:\s[^<>]*)?>"
)
_MIME = re.compile(rb"^mime-version:.*?^content-type:", re.MULTILINE | re.DOTALL)
#: Members of a zip above which its names are not read: no document has as many.
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPES_BYTES = 2**20


class Probe:
    """The bytes of a source with what several tests ask about them, found once."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        # Without NUL bytes the markup of UTF-16 pages reads as ASCII.
        self.head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
        self.members = _members(data) if data.startswith(_ZIP) else None

    def starts(self, *magic: bytes) -> bool:
        """Whether the source begins with one of these bytes."""
        return self.data.startswith(magic)

    def has_member(self, prefix: str) -> bool:
        """Whether the source is a zip with a member whose name begins so."""
        return self.members is not None and any(m.startswith(prefix) for m in self.members)

    def ole(self, *streams: str) -> bool:
        """Whether the source is an OLE file with one of these streams (any, if none is named)."""
        return self.data.startswith(_OLE) and (
            not streams or any(name.encode("utf-16-le") in self.data for name in streams)
        )


@frozen(kw_only=True)
class Format:
    """A format: its name, what people call it, its usual suffixes, its test and its reader.

    ``reader`` is ``module:function`` below this package; without one the format is known but not
    read. ``extra`` is the optional part of this library that the reader needs, ``package`` what
    that brings. ``encrypted`` formats are containers of something that needs a password.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    matches: Callable[[Probe], bool] = field(eq=False)
    reader: str | None = None
    extra: str | None = None
    package: str | None = None
    encrypted: bool = False

    @property
    def installed(self) -> bool:
        """Whether this installation reads the format."""
        if self.reader is None:
            return False
        return self.package is None or importlib.util.find_spec(self.package) is not None


def _is_pdf(probe: Probe) -> bool:
    return _PDF.search(probe.data, 0, _PDF_JUNK + 8) is not None


def _is_docx(probe: Probe) -> bool:
    return probe.has_member("word/") or probe.has_member("!wordprocessingml")


def _is_html(probe: Probe) -> bool:
    return probe.head.startswith(b"<") and _MARKUP.search(probe.head) is not None


def _is_xml_workbook(probe: Probe) -> bool:
    return b"urn:schemas-microsoft-com:office:spreadsheet" in probe.head and (
        b"<workbook" in probe.head
    )


def _is_mht(probe: Probe) -> bool:
    return _MIME.search(probe.head) is not None


def _is_xml(probe: Probe) -> bool:
    return probe.head.startswith(b"<?xml")


def _is_image(probe: Probe) -> bool:
    return probe.starts(
        b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"
    ) or (probe.starts(b"RIFF", b"BM") and b"\0" in probe.data[:64])


def _is_archive(probe: Probe) -> bool:
    return probe.members is not None or probe.starts(
        b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
    )


FORMATS: tuple[Format, ...] = (
    Format(
        name="docx",
        title="Word document (.docx)",
        suffixes=(".docx", ".docm", ".dotx"),
        matches=_is_docx,
        reader="docx:read_docx",
    ),
    Format(
        name="xlsx",
        title="Excel workbook (.xlsx)",
        suffixes=(".xlsx", ".xlsm", ".et"),
        matches=lambda p: p.has_member("xl/"),
        reader="workbook:read_xlsx",
    ),
    Format(
        name="pptx",
        title="PowerPoint presentation (.pptx)",
        suffixes=(".pptx",),
        matches=lambda p: p.has_member("ppt/"),
    ),
    Format(
        name="ofd",
        title="OFD document (.ofd)",
        suffixes=(".ofd",),
        matches=lambda p: p.has_member("OFD.xml"),
    ),
    Format(
        name="odf",
        title="OpenDocument file (.odt, .ods)",
        suffixes=(".odt", ".ods", ".odp"),
        matches=lambda p: p.has_member("META-INF/manifest.xml") and p.has_member("mimetype"),
    ),
    Format(
        name="encrypted-office",
        title="Office document with a password",
        suffixes=(".docx", ".xlsx", ".pptx"),
        matches=lambda p: p.ole("EncryptedPackage"),
        encrypted=True,
    ),
    Format(
        name="xls",
        title="legacy Excel workbook (.xls, .et)",
        suffixes=(".xls", ".et"),
        matches=lambda p: p.ole("Workbook", "Book") and not p.ole("WordDocument"),
        reader="workbook:read_xls",
        extra="xls",
        package="xlrd",
    ),
    Format(
        name="doc",
        title="legacy Word or WPS document (.doc, .wps)",
        suffixes=(".doc", ".wps", ".dot"),
        matches=lambda p: p.ole("WordDocument"),
        reader="legacy_word:read_doc",
        extra="doc",
        package="olefile",
    ),
    Format(
        name="ole",
        title="OLE compound file",
        suffixes=(".doc", ".wps", ".xls", ".ppt", ".msg", ".et", ".dps"),
        matches=lambda p: p.ole(),
    ),
    Format(
        name="pdf",
        title="PDF document",
        suffixes=(".pdf",),
        matches=_is_pdf,
        reader="pdf:read_pdf",
    ),
    Format(
        name="rtf", title="RTF document", suffixes=(".rtf",), matches=lambda p: p.starts(b"{\\rtf")
    ),
    Format(
        name="mht",
        title="web archive (MHT)",
        suffixes=(".mht", ".mhtml", ".eml"),
        matches=_is_mht,
        reader="html:read_mht",
    ),
    Format(
        name="xml-workbook",
        title="Excel workbook as XML (.xls, .xml)",
        suffixes=(".xls", ".xml"),
        matches=_is_xml_workbook,
        reader="workbook:read_xml_workbook",
    ),
    Format(
        name="html",
        title="web page (HTML)",
        suffixes=(".html", ".htm", ".xhtml", ".shtml"),
        matches=_is_html,
        reader="html:read_html",
    ),
    Format(name="xml", title="XML file", suffixes=(".xml",), matches=_is_xml),
    Format(
        name="postscript",
        title="PostScript file",
        suffixes=(".ps", ".eps"),
        matches=lambda p: p.starts(b"%!PS"),
    ),
    Format(
        name="image",
        title="picture of pages (.png, .jpg, .tif …)",
        suffixes=(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"),
        matches=_is_image,
        reader="ocr:read_image",
        extra="ocr",
        package=ocr.PACKAGE,
    ),
    Format(
        name="archive",
        title="archive that is no document",
        suffixes=(".zip", ".rar", ".7z", ".gz", ".bz2", ".xz"),
        matches=_is_archive,
    ),
    # Last: any bytes may be text, and the text reader itself refuses what is none.
    Format(
        name="text",
        title="plain text",
        suffixes=(".txt", ".text", ".md", ".csv", ".tsv"),
        matches=lambda _: True,
        reader="text:read_text",
    ),
)


def sniff(data: bytes) -> Format:
    """The format of a source, told by its content.

    Raises:
        CorruptDocumentError: a zip whose list of members is damaged beyond telling what it is.
    """
    probe = Probe(data)
    return next(known for known in FORMATS if known.matches(probe))


def named_format(name: str) -> Format | None:
    """The format that the suffix of a name claims, ``None`` if it claims none."""
    suffix = PurePath(name).suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None) if suffix else None


def readable() -> str:
    """What can be read, for messages."""
    return ", ".join(known.title for known in FORMATS if known.installed)


def install_command(extra: str) -> str:
    """How to install an optional part of this library."""
    return f'pip install "disclosure-parser[{extra}]"'


def _members(data: bytes) -> frozenset[str]:
    """The member names of a zip; ``!wordprocessingml`` if its content types speak of Word."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if _CONTENT_TYPES in names:
                with archive.open(_CONTENT_TYPES) as stream:
                    if b"wordprocessingml" in stream.read(_CONTENT_TYPES_BYTES):
                        names.add("!wordprocessingml")
            return frozenset(names)
    except Exception as error:  # zipfile raises many kinds on damaged archives
        # The reader of the format tells what is damaged; the names in the raw bytes tell it apart.
        names = {prefix for prefix in ("word/", "xl/", "ppt/") if prefix.encode() in data}
        if names:
            return frozenset(names)
        raise CorruptDocumentError(f"a damaged zip archive: {error}") from error
