"""The package of a Word file: a zip that is checked before anything in it is opened.

Nothing is written to disk, no external relationship is followed, no macro is run. XML is parsed
without a document type: a ``<!DOCTYPE`` is refused before the parser sees it, so that no entity
is ever expanded.
"""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import struct
import zipfile
import zlib
from urllib.parse import unquote

from attrs import frozen
from lxml import etree

from disclosure_parser.document import Diagnostic, Place, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input, Limits

#: A Word file has some dozens of members, one with many pictures some hundreds.
_MEMBERS = 20_000
#: Members smaller than this cannot harm, however well they are packed.
_SMALL = 2**20
#: Nested XML elements per nested table: ``tbl``, ``tr``, ``tc`` and one wrapper. The parser's own
#: bound is the same for the default limits.
_ELEMENTS_PER_LEVEL = 4
_PARSER_DEPTH = 256
#: Diagnostics of one document; a file made of oddities would have one for each.
_ENTRIES = 1_000
#: Tags of all parts per cell that the limits allow; an element costs more memory than its bytes.
_TAGS_PER_CELL = 10
_LOCAL_HEADER = struct.Struct("<4s22x2H")
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = re.compile(
    rb"""(xmlns(?::[\w.-]+)?\s*=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)/(\w+)(?=["'])"""
)
#: The methods of a package. The zip module unpacks others without a bound.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What the zip module raises on damaged archives.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    EOFError,
    OSError,
)


class Log:
    """The diagnostics of one reading; the same matter is told once, with its first place."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], Diagnostic] = {}
        self._more = 0

    def add(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
        place: Place | None = None,
    ) -> None:
        """Note something, unless the same was noted before."""
        if (code, message) in self._entries:
            return
        if len(self._entries) >= _ENTRIES:
            self._more += 1
        else:
            self._entries[code, message] = Diagnostic(
                code=code, message=message, severity=severity, place=place
            )

    def entries(self) -> tuple[Diagnostic, ...]:
        """Everything noted, in order."""
        if not self._more:
            return tuple(self._entries.values())
        more = Diagnostic(code="docx.more", message=f"{self._more} more diagnostics are left out")
        return (*self._entries.values(), more)


@frozen(kw_only=True)
class Relation:
    """A relationship of a part: its kind (last segment of the type) and the part it names.

    ``part`` is ``None`` for a target outside the package, which is never followed.
    """

    kind: str
    part: str | None


class _DamagedError(Exception):
    """A part that cannot be unpacked or parsed."""


class Package:
    """A checked package; parts are unpacked and parsed when they are asked for.

    Raises:
        CorruptDocumentError: not a zip, a damaged or deceitful one, or no Word document in it.
        EncryptedDocumentError: a member, or the whole file, is encrypted.
        LimitExceededError: more members or more unpacked bytes than the limits allow.
    """

    def __init__(self, source: Input, log: Log) -> None:
        self._limits = source.limits
        self._log = log
        self._tags = 0
        self._zip = _open(source)
        self._members = _check(self._zip, source)
        self.main = self._find_main()

    def part(self, name: str) -> etree._Element:
        """The root of an XML part that the document cannot do without.

        Raises:
            CorruptDocumentError: the part is missing, damaged, or declares a document type.
            LimitExceededError: the part is larger or deeper than the limits allow.
        """
        try:
            return self._parse(name)
        except _DamagedError as error:
            raise CorruptDocumentError(f"{name}: {error}") from error

    def optional(self, name: str) -> etree._Element | None:
        """The root of a part that the document can do without; damage becomes a diagnostic.

        Raises:
            CorruptDocumentError: the part declares a document type.
            LimitExceededError: the part is larger or deeper than the limits allow.
        """
        try:
            return self._parse(name)
        except _DamagedError as error:
            self._log.add("docx.part", f"{name} could not be read: {error}", Severity.ERROR)
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part by their id; empty where it has none."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        root = self.optional(rels) if rels.casefold() in self._members else None
        found: dict[str, Relation] = {}
        for item in root if root is not None else ():
            target = unquote(item.get("Target", ""))
            inside = item.get("TargetMode") != "External"
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.get("Id", "")] = Relation(
                kind=item.get("Type", "").rsplit("/", 1)[-1], part=path if inside else None
            )
        return found

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.part:
                return relation.part
        return "word/document.xml"

    def _parse(self, name: str) -> etree._Element:
        member = self._members.get(name.casefold())
        if member is None:
            raise _DamagedError("the package has no such part")
        if member.compress_type not in _METHODS:
            raise _DamagedError(f"packed by method {member.compress_type}, not as in a package")
        _check_ratio(member, self._limits)
        try:
            data = self._zip.read(member)
        except (NotImplementedError, RuntimeError, *_DAMAGE) as error:
            raise _DamagedError(str(error) or type(error).__name__) from error
        self._tags += data.count(b"<")
        if self._tags > self._limits.cells * _TAGS_PER_CELL:
            raise LimitExceededError(f"{name}: more than {self._tags - 1} tags")
        return _parse_xml(data, name, self._limits)


def _open(source: Input) -> zipfile.ZipFile:
    data = source.data
    if len(data) > source.limits.source_bytes:
        raise LimitExceededError(f"{source.name}: {len(data)} bytes")
    if data.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedDocumentError(f"{source.name}: the Word file needs a password")
        raise CorruptDocumentError(f"{source.name}: an OLE file, not a .docx package")
    # Counted before the directory is read: an entry costs many times its bytes in memory.
    if data.count(b"PK\x01\x02") > _MEMBERS:
        raise LimitExceededError(f"{source.name}: more than {_MEMBERS} archive members")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (NotImplementedError, *_DAMAGE) as error:
        raise CorruptDocumentError(f"{source.name}: not a readable zip: {error}") from error


def _check(archive: zipfile.ZipFile, source: Input) -> dict[str, zipfile.ZipInfo]:
    """The members by their folded names, once none of them is a trick."""
    members: dict[str, zipfile.ZipInfo] = {}
    spans: list[tuple[int, int]] = []
    total = 0
    for info in archive.infolist():
        if not info.filename:
            raise CorruptDocumentError(f"{source.name}: an archive member without a name")
        spans.append(_span(info, source))
        if info.is_dir():
            continue
        if info.flag_bits & 0x1:
            raise EncryptedDocumentError(f"{source.name}: {info.filename} is encrypted")
        # Some writers put backslashes; a part name is the same in any letter case.
        name = info.orig_filename.replace("\\", "/")
        if "\0" in name or name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise CorruptDocumentError(f"{source.name}: archive member named {name!r}")
        if name.casefold() in members:
            raise CorruptDocumentError(f"{source.name}: two archive members named {name!r}")
        members[name.casefold()] = info
        total += info.file_size
        _check_size(info, source.limits)
        if name.endswith((".xml", ".rels")):
            _check_ratio(info, source.limits)
    if total > source.limits.unpacked_bytes:
        raise LimitExceededError(f"{source.name}: unpacks to {total} bytes")
    spans.sort()
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            raise CorruptDocumentError(f"{source.name}: archive members overlap")
    return members


def _span(info: zipfile.ZipInfo, source: Input) -> tuple[int, int]:
    """The bytes of the source that a member takes, from its local header to its data's end."""
    start = info.header_offset
    try:
        magic, name, extra = _LOCAL_HEADER.unpack_from(source.data, start)
    except struct.error as error:
        raise CorruptDocumentError(f"{source.name}: truncated before {info.filename}") from error
    end = start + _LOCAL_HEADER.size + name + extra + info.compress_size
    if magic != b"PK\x03\x04" or end > len(source.data):
        raise CorruptDocumentError(f"{source.name}: no data where {info.filename} should be")
    return start, end


def _check_size(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.file_size > limits.member_bytes:
        raise LimitExceededError(f"{info.filename} unpacks to {info.file_size} bytes")


def _check_ratio(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.file_size > _SMALL and info.file_size > limits.ratio * info.compress_size:
        raise LimitExceededError(
            f"{info.filename} unpacks {info.compress_size} bytes to {info.file_size}"
        )


def _parse_xml(data: bytes, name: str, limits: Limits) -> etree._Element:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise _DamagedError(str(error)) from error
    # The parser is told UTF-8 whatever the part declares, so this look misses nothing.
    if b"<!DOCTYPE" in data:
        raise CorruptDocumentError(f"{name} declares a document type; entities are not expanded")
    if b"http://purl.oclc.org/ooxml/" in data:
        data = _STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006/\3", data)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "XML_PARSE_HUGE" in str(error):
            raise LimitExceededError(f"{name}: {error}") from error
        raise _DamagedError(str(error)) from error
    depth = limits.depth * _ELEMENTS_PER_LEVEL
    if depth < _PARSER_DEPTH and root.xpath("boolean(/*" + "/*" * depth + ")"):
        raise LimitExceededError(f"{name}: elements nested deeper than {depth}")
    return root
