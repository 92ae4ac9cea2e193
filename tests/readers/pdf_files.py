"""Small PDF files, written by hand: text at a place, rulings, forms, fonts, encryption.

Coordinates are points from the page's top left corner, as in the reader's pages.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence

from attrs import field, frozen

A4 = (595.0, 842.0)


@frozen
class Stream:
    """A stream object: the entries of its dictionary, and its bytes."""

    entries: str
    data: bytes


class Writer:
    """Numbers objects and writes the file."""

    def __init__(self) -> None:
        self.objects: list[str | Stream] = []

    def add(self, content: str | Stream) -> int:
        """Add an object; its number."""
        self.objects.append(content)
        return len(self.objects)

    def set(self, number: int, content: str | Stream) -> None:
        """Replace an object that was added to have its number."""
        self.objects[number - 1] = content

    def bytes(self, root: int) -> bytes:
        """The whole file."""
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, content in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode()
            if isinstance(content, Stream):
                out += f"<< {content.entries} /Length {len(content.data)} >>\nstream\n".encode()
                out += content.data + b"\nendstream"
            else:
                out += content.encode()
            out += b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        for offset in offsets:
            out += f"{offset:010} 00000 n \n".encode()
        out += f"trailer\n<< /Size {len(offsets) + 1} /Root {root} 0 R >>\n".encode()
        out += f"startxref\n{start}\n%%EOF\n".encode()
        return bytes(out)


@frozen
class Text:
    """Text whose baseline begins at ``x``, ``y``; ``gap`` is put between its characters.

    ``turn`` is the direction in degrees counterclockwise.
    """

    x: float
    y: float
    text: str
    size: float = 12.0
    bold: bool = False
    gap: float = 0.0
    turn: int = 0


@frozen
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


@frozen
class Fill:
    """A filled rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float


@frozen
class Raw:
    """Operators as they are."""

    operators: str


Mark = Text | Rule | Fill | Raw


@frozen(kw_only=True)
class Sheet:
    """A page: what is printed on it, its size, its /Rotate, its media box offset."""

    marks: Sequence[Mark]
    size: tuple[float, float] = A4
    rotate: int = 0
    offset: tuple[float, float] = (0.0, 0.0)
    crop: tuple[float, float, float, float] | None = field(default=None)


def grid(xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]) -> list[Mark]:
    """A ruled table with one line of text in each cell."""
    marks: list[Mark] = [Rule(xs[0], y, xs[-1], y) for y in ys]
    marks += [Rule(x, ys[0], x, ys[-1]) for x in xs]
    return marks + entries(xs, ys, texts)


def entries(xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]) -> list[Mark]:
    """The texts of a table without its rulings."""
    return [
        Text(xs[column] + 4, ys[row + 1] - 6, text, 10)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
        if text
    ]


def paragraph(x: float, y: float, lines: Iterable[str], *, size: float = 12.0) -> list[Mark]:
    """Lines set below each other, the first one indented by two characters."""
    return [
        Text(x + (2 * size if index == 0 else 0), y + index * size * 1.6, line, size)
        for index, line in enumerate(lines)
    ]


def pdf(sheets: Sequence[Sheet], *, mapped: bool = True, packed: bool = True) -> bytes:
    """The file. Without ``mapped`` its fonts have no map to Unicode."""
    writer = Writer()
    root, pages = writer.add(""), writer.add("")
    fonts = [_font(writer, name, mapped) for name in ("TestSong", "TestHei-Bold")]
    resources = f"<< /Font << /F0 {fonts[0]} 0 R /F1 {fonts[1]} 0 R >> >>"
    kids = []
    for sheet in sheets:
        data = "\n".join(_operators(mark, sheet) for mark in sheet.marks).encode()
        content = writer.add(
            Stream("/Filter /FlateDecode", zlib.compress(data)) if packed else Stream("", data)
        )
        x, y = sheet.offset
        box = f"[{x} {y} {x + sheet.size[0]} {y + sheet.size[1]}]"
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        kids.append(
            writer.add(
                f"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} {crop} "
                f"/Rotate {sheet.rotate} /Resources {resources} /Contents {content} 0 R >>"
            )
        )
    writer.set(root, f"<< /Type /Catalog /Pages {pages} 0 R >>")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    writer.set(pages, f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>")
    return writer.bytes(root)


def _font(writer: Writer, name: str, mapped: bool) -> int:
    """A font whose codes are UTF-16 units; Latin characters are half as wide as Chinese ones."""
    descriptor = writer.add(
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -120 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    inner = writer.add(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDToGIDMap /Identity "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R /DW 1000 /W [32 126 500] >>"
    )
    unicode_map = ""
    if mapped:
        blocks = "\n".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in range(256))
        parts = blocks.split("\n")
        ranges = "\n".join(
            f"{len(parts[i : i + 100])} beginbfrange\n"
            + "\n".join(parts[i : i + 100])
            + "\nendbfrange"
            for i in range(0, 256, 100)
        )
        data = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Test def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{ranges}\n"
            "endcmap end end"
        ).encode()
        unicode_map = f"/ToUnicode {writer.add(Stream('', data))} 0 R"
    return writer.add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{inner} 0 R] {unicode_map} >>"
    )


_TURNS = {
    0: "1 0 0 1",
    90: "0 1 -1 0",
    180: "-1 0 0 -1",
    270: "0 -1 1 0",
    45: "0.7071 0.7071 -0.7071 0.7071",
}


def _operators(mark: Mark, sheet: Sheet) -> str:
    left, low = sheet.offset
    high = low + sheet.size[1]
    if isinstance(mark, Raw):
        return mark.operators
    if isinstance(mark, Rule):
        return (
            f"{mark.width} w {left + mark.x0} {high - mark.y0} m "
            f"{left + mark.x1} {high - mark.y1} l S"
        )
    if isinstance(mark, Fill):
        return (
            f"0.8 g {left + mark.x0} {high - mark.y1} {mark.x1 - mark.x0} "
            f"{mark.y1 - mark.y0} re f 0 g"
        )
    code = mark.text.encode("utf-16-be").hex()
    font = "F1" if mark.bold else "F0"
    matrix = f"{_TURNS[mark.turn]} {left + mark.x} {high - mark.y} Tm"
    return f"BT /{font} {mark.size} Tf {mark.gap} Tc {matrix} <{code}> Tj ET"


_PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted(data: bytes, *, user: bytes, owner: bytes = b"owner") -> bytes:
    """A file of :func:`pdf` with its streams encrypted (standard handler, revision 2, RC4).

    An empty ``user`` password gives a file that anyone may read but not change.
    """
    identity = b"0123456789abcdef"
    key = hashlib.md5((owner + _PAD)[:32]).digest()[:5]
    o = _rc4(key, (user + _PAD)[:32])
    permissions = -44
    seed = (user + _PAD)[:32] + o + (permissions & 0xFFFFFFFF).to_bytes(4, "little") + identity
    file_key = hashlib.md5(seed).digest()[:5]
    u = _rc4(file_key, _PAD)
    body = data[: data.rindex(b"xref\n0 ")]
    out = bytearray()
    offsets = []
    for match in re.finditer(rb"(\d+) 0 obj\n(.*?)\nendobj\n", body, re.DOTALL):
        number, content = int(match[1]), match[2]
        stream = re.fullmatch(rb"(.*?>>\nstream\n)(.*)(\nendstream)", content, re.DOTALL)
        if stream:
            own = hashlib.md5(file_key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            content = stream[1] + _rc4(own, stream[2]) + stream[3]
        offsets.append(len(b"%PDF-1.7\n") + len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    number = len(offsets) + 1
    offsets.append(len(b"%PDF-1.7\n") + len(out))
    out += (
        f"{number} 0 obj\n<< /Filter /Standard /V 1 /R 2 /O <{o.hex()}> /U <{u.hex()}> "
        f"/P {permissions} >>\nendobj\n"
    ).encode()
    start = len(b"%PDF-1.7\n") + len(out)
    out += f"xref\n0 {number + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        out += f"{offset:010} 00000 n \n".encode()
    out += (
        f"trailer\n<< /Size {number + 1} /Root 1 0 R /Encrypt {number} 0 R "
        f"/ID [<{identity.hex()}> <{identity.hex()}>] >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return b"%PDF-1.7\n" + bytes(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
