"""The characters of a page: by its mark, by the charset it declares, by what its bytes allow."""

from __future__ import annotations

import codecs
import re

from disclosure_parser.document import Diagnostic, Severity
from disclosure_parser.readers.text_decoding import Decoded, decode

_DECLARED = re.compile(
    rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|^\s*<\?xml\b[^<>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
#: A declaration stands at the head of a page; sites put scripts before it.
_HEAD = 16_384
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: Browsers read the national standard's older editions by its newest.
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz", "chinese"))
#: So many well-formed multi-byte characters are UTF-8 and nothing else.
_SURE = 12
#: Names under which pages declare nothing about Chinese text; it may still be there.
_LATIN = frozenset(("iso8859-1", "cp1252", "ascii", "latin-1", "iso-8859-1"))


def decode_page(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode a page whose charset is declared in it, or around it (``declared``).

    A declaration that the bytes contradict is passed over, and said.

    Raises:
        UnsupportedFormatError: the bytes are no text in any known encoding.
    """
    found = _DECLARED.search(data, 0, _HEAD)
    inside = (found[1] or found[2]).decode("ascii") if found else None
    charset = _codec(declared) or _codec(inside)
    if charset is None or data.startswith(_MARKS) or b"\0" in data[:64]:
        return decode(data, name)
    text = _strict(data, charset)
    if text is not None and charset not in _LATIN:
        utf8 = _strict(data, "utf-8") if charset != "utf-8" else None
        if utf8 is None or sum(c > "\x7f" for c in utf8) < _SURE:
            return Decoded(text=text, encoding=charset)
    read = decode(data, name)
    if read.encoding == charset or data.isascii():
        return read
    note = Diagnostic(
        code="html.charset",
        message=f"{name} declares {charset} but its bytes are {read.encoding}; read as that",
        severity=Severity.NOTE,
    )
    return Decoded(text=read.text, encoding=read.encoding, diagnostics=(note, *read.diagnostics))


def _codec(name: str | None) -> str | None:
    """The codec of a charset's name; ``None`` for one that is not known."""
    if not name:
        return None
    if name.lower() in _CHINESE:
        return "gb18030"
    try:
        found = codecs.lookup(name)
    except LookupError:
        return None
    # Codecs such as rot13 or zip are no charsets; UTF-16 pages have no readable declaration.
    is_text = getattr(found, "_is_text_encoding", True)
    return found.name if is_text and not found.name.startswith(("utf-16", "utf-7")) else None


def _strict(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except (UnicodeError, ValueError):
        return None
