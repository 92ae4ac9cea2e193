"""Files that would keep the fast parser busy beyond all measure.

PDFium sets no bound on what a page unpacks to or on how often forms paint forms. What looks like
such a trap is read by the other parser, which counts as it goes.
"""

from __future__ import annotations

import re
import zlib

# Unpacked bytes of one stream; the densest table pages stay under half a megabyte.
_MOST_BYTES = 16 * 2**20
# Packed bytes from which a stream can unpack to that (deflate packs at most 1032 to 1).
_LEAST_PACKED = _MOST_BYTES // 1032
# Packed bytes that are unpacked to see how well a stream packs, and from which all of it is.
_SAMPLE = 4 * 2**10
_LONG = 2**20
# Forms painted on one page.
_MOST_FORMS = 20_000
# Bytes around the word ``/Form`` that hold the dictionary it stands in.
_DICTIONARY = 600

_STREAM = re.compile(rb"stream\r?\n")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_PAINTS = re.compile(rb"/XObject\s*(?:<<|\d)|/Resources\s*\d")
_OTHER = re.compile(
    rb"/Image\b|/Length1\b|/FontFile|/Metadata\b|/Subtype\s*/(?:CIDFont|Type1C|Open)"
)


def is_trap(data: bytes) -> bool:
    """Whether a file has content that unpacks, or forms that multiply, beyond all measure."""
    return _multiplies(data) or any(_swells(data, match) for match in _STREAM.finditer(data))


def _multiplies(data: bytes) -> bool:
    """Whether forms that paint forms may paint more than any page holds.

    How they are nested is not known here: the product of their fan-outs is an upper bound.
    """
    most = 1
    for match in _FORM.finditer(data):
        first = max(match.start() - _DICTIONARY, data.rfind(b" obj", 0, match.start()), 0)
        stream = _STREAM.search(data, match.end(), match.end() + _DICTIONARY)
        if stream is None or not _PAINTS.search(data, first, stream.start()):
            continue
        end = data.find(b"endstream", stream.end())
        content = data[stream.end() : end if end >= 0 else len(data)]
        if b"FlateDecode" in data[first : stream.start()]:
            content = _unpacked(content, _MOST_BYTES)
        most *= max(1, content.count(b"Do"))
        if most > _MOST_FORMS:
            return True
    return False


def _swells(data: bytes, match: re.Match[bytes]) -> bool:
    start = match.end()
    if data.endswith(b"end", 0, match.start()):
        return False
    head = data[max(0, start - _DICTIONARY) : start]
    head = head[head.rfind(b" obj") + 1 :]
    filters = head.count(b"/FlateDecode") + head.count(b"/Fl ")
    if filters == 0 or _OTHER.search(head):
        return False
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)]
    if filters == 1 and len(packed) < _LEAST_PACKED:
        return False
    if filters == 1 and len(packed) < _LONG:
        sample = _unpacked(packed[:_SAMPLE], _MOST_BYTES)
        if len(sample) * (len(packed) / _SAMPLE + 1) < _MOST_BYTES:
            return False
    for _ in range(filters):
        packed = _unpacked(packed, _MOST_BYTES + 1)
    return len(packed) > _MOST_BYTES


def _unpacked(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return b""
