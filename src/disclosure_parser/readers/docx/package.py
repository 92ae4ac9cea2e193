"""The package of a Word file: a zip that is checked before anything in it is opened.

What parts there are and how they refer to each other is python-docx's to say
(:mod:`~disclosure_parser.readers.docx.opc`); where it refuses a package, the parts are read by
their names. Nothing is written to disk, no external relationship is followed, no macro is run.
XML is parsed without a document type: a ``<!DOCTYPE`` is refused before the parser sees it, so
that no entity is ever expanded.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from urllib.parse import unquote

from lxml import etree

from disclosure_parser.document import Diagnostic, Place, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.docx.opc import Parts, RefusedError, Relation, open_parts

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
#: Relationships times members that python-docx may look through; it searches a list for each.
_LOOKUPS = 5_000_000
_CONTENT_TYPES = "[content_types].xml"
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
        self._parts: Parts | None = None
        self._zip = _open(source)
        self._members = _check(self._zip, source)
        self._parts = self._open_parts()
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

    def content_type(self, name: str) -> str:
        """The content type of a part; empty where python-docx does not open the package."""
        return self._parts.content_types.get(name, "") if self._parts is not None else ""

    def relations(self, name: str) -> Mapping[str, Relation]:
        """The relationships of a part by their id; empty where it has none."""
        if self._parts is not None:
            return self._parts.relations.get(name, {})
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

    def _open_parts(self) -> Parts | None:
        """The package as python-docx sees it; ``None`` where it refuses."""
        try:
            return open_parts(self._checked_members())
        except (RefusedError, _DamagedError) as error:
            self._log.add(
                "docx.package",
                f"python-docx does not open the package ({error}); its parts are read by name",
                Severity.NOTE,
            )
            return None

    def _checked_members(self) -> dict[str, bytes]:
        """The members that python-docx is given.

        What describes the package is parsed here first and written anew. XML is unpacked as far
        as one member may reach. The rest stays empty: nobody asks for pictures.

        Raises:
            _DamagedError: a description of the package is damaged.
            RefusedError: there are more relationships than python-docx can look through.
        """
        room = self._limits.member_bytes
        tags = 0
        found: dict[str, bytes] = {}
        for key, member in self._members.items():
            name, content = _name(member), b""
            if key == _CONTENT_TYPES or key.endswith(".rels"):
                content = etree.tostring(self._parse(name))
                tags += content.count(b"<")
            elif key.endswith(".xml") and member.file_size <= room:
                # A damaged part matters, and is told of, when it is asked for.
                with contextlib.suppress(_DamagedError):
                    content = self._unpack(name)
            room -= len(content)
            found[name] = content
        if tags * len(found) > _LOOKUPS:
            raise RefusedError(f"{tags} tags relate {len(found)} members")
        return found

    def _parse(self, name: str) -> etree._Element:
        data = (self._parts.blobs.get(name) if self._parts is not None else None) or b""
        data = data or self._unpack(name)
        self._tags += data.count(b"<")
        if self._tags > self._limits.cells * _TAGS_PER_CELL:
            raise LimitExceededError(f"{name}: more than {self._tags - 1} tags")
        return _parse_xml(data, name, self._limits)

    def _unpack(self, name: str) -> bytes:
        member = self._members.get(name.casefold())
        if member is None:
            raise _DamagedError("the package has no such part")
        if member.compress_type not in _METHODS:
            raise _DamagedError(f"packed by method {member.compress_type}, not as in a package")
        _check_ratio(member, self._limits)
        try:
            with self._zip.open(member) as packed:
                # With no count the zip module unpacks all there is, whatever size is declared.
                return packed.read(member.file_size + 1)
        except (NotImplementedError, RuntimeError, *_DAMAGE) as error:
            raise _DamagedError(str(error) or type(error).__name__) from error


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
        name = _name(info)
        if "\0" in name or name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise CorruptDocumentError(f"{source.name}: archive member named {name!r}")
        if name.casefold() in members:
            raise CorruptDocumentError(f"{source.name}: two archive members named {name!r}")
        # A part name is the same in any letter case.
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


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; some writers put backslashes."""
    return info.orig_filename.replace("\\", "/")


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
