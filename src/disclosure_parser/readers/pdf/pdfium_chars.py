"""The characters of a page as PDFium gives them.

Many producers make an object of every character, so every call in the loop counts. What is the
same along a line (direction, scale, boldness) is asked once a line and font.
"""

from __future__ import annotations

import re
import sys
from ctypes import byref, c_float, c_ushort, c_void_p, cast, create_string_buffer
from math import hypot
from struct import Struct
from typing import Any

import pypdfium2.raw as pdfium
from attrs import field, frozen

from disclosure_parser.readers.pdf.calls import (
    char_box,
    char_code,
    char_generated,
    char_matrix,
    char_object,
    char_origin,
    char_size,
    char_unmapped,
    font_embedded,
    object_font,
    object_mode,
)
from disclosure_parser.readers.pdf.frame import RawChar
from disclosure_parser.readers.pdf.page import UNMAPPED, Box, Char, PageTooLargeError, is_bold_name

_MOST_CHARS = 200_000
# Points by which a box may begin beside the character's origin and still be its advance box.
_NEAR = 0.05
_FILL_AND_STROKE = 2
_SPACE = 0x20
# The first code of Chinese characters and radicals.
_CHINESE = 0x2E80
_PLACE = Struct("2d4f")
_UTF_16 = f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}"
# The Latin standard fonts of PDF and what word processors take for them: no Chinese in them.
_STANDARD = re.compile(r"Times(?: ?New ?Roman|-|\Z)|Arial(?! ?Unicode)|Helvetica|Courier")


@frozen(kw_only=True)
class Chars:
    """The characters of a page: upright ones from the page's top left corner, all others in the
    coordinates of the file, and upright ones that a clipping path hides.

    ``off`` says that some line stands above or below the page; ``holders`` are the objects that
    the characters come from, ``drawn`` fonts whose single characters have an extent.
    """

    upright: list[Char] = field(factory=list)
    others: list[RawChar] = field(factory=list)
    hidden: list[Char] = field(factory=list)
    off: bool = False
    holders: frozenset[int] = frozenset()
    drawn: frozenset[int] = frozenset()


class _Font:
    """A font of the page: its name and the text of the codes seen so far.

    ``drawn`` says that a Chinese character that is an object of its own has an extent: then only
    blanks are passed over. ``advances`` holds, in shares of the font size, those codes' advances
    that are less than the box says (the next character stands in the box): some fonts give every
    box the full width.
    """

    __slots__ = ("advances", "bold", "drawn", "name", "texts")

    def __init__(self, handle: int) -> None:
        self.name = _font_name(handle)
        self.bold = is_bold_name(self.name)
        self.drawn = False
        self.texts: dict[int, str] = {}
        self.advances: dict[int, float] = {}

    def learn(self, page: c_void_p, index: int, code: int) -> str:
        """The text of a character not met before in this font."""
        text = chr(code) if 0 < code < 0x110000 else UNMAPPED
        if char_unmapped(page, index) == 1 or 0xE000 <= code < 0xF900:
            text = UNMAPPED
        elif code < 0x20 or code in (0x7F, 0xFFFE, 0xFFFF):
            # PDFium marks a hyphen at a line end so; other control characters print nothing.
            text = "-" if code in (0x02, 0xFFFE) else " "
        self.texts[code] = text
        return text


def _font_name(handle: int) -> str:
    name = create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(cast(handle, pdfium.FPDF_FONT), name, 256)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]


def read_chars(text_page: Any, box: Box, *, clip: bool = False) -> Chars:
    """The characters of a page that shows ``box`` (left, bottom, right, top in the file).

    Raises:
        PageTooLargeError: there are more of them than any printed page holds.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count > _MOST_CHARS:
        raise PageTooLargeError(f"more than {_MOST_CHARS} characters on the page")
    left, floor, _, top = box
    page = cast(text_page, c_void_p)
    codes = _codes(text_page, count)
    # One place in memory for an origin (x, y) and a box behind it.
    place, matrix = create_string_buffer(_PLACE.size), pdfium.FS_MATRIX()
    x_ref, y_ref, rect_ref, matrix_ref = (
        byref(place),
        byref(place, 8),
        byref(place, 16),
        byref(matrix),
    )
    unpack, new = _PLACE.unpack, tuple.__new__
    fonts: dict[int, _Font] = {}
    texts: dict[int, str] = {}
    upright: list[Char] = []
    others: list[RawChar] = []
    hidden: list[Char] = []
    before: int | None = None
    holder: int | None = None
    handle = line_handle = last_handle = None
    font: _Font | None = None
    holders: set[int] = set()
    line_y = last_x = last_x1 = last_y = -1e9
    last_code = run = 0
    font_size = size = tall = 0.0
    plain = bold = off = False
    shown = True
    high = 0
    for index in range(count):
        before, holder = holder, char_object(page, index)
        if holder is None:  # a line end that PDFium has put in
            continue
        code = codes[index] if codes else char_code(page, index)
        if code == _SPACE and char_generated(page, index) == 1:
            continue
        char_origin(page, index, x_ref, y_ref)
        char_box(page, index, rect_ref)
        x0, baseline, edge, box_top, x1, box_bottom = unpack(place)
        if holder != before or font is None:
            if run == 1 and last_code >= _CHINESE and font is not None:
                font.drawn = True
            run = 0
            holders.add(holder)
            handle = object_font(c_void_p(holder))
            font = fonts.get(handle) or fonts.setdefault(handle, _Font(handle))
            texts = font.texts
        run += 1
        if baseline != line_y or handle != line_handle or box_top - box_bottom != tall:
            line_y, line_handle, tall = baseline, handle, box_top - box_bottom
            font_size = char_size(page, index)
            char_matrix(page, index, matrix_ref)
            bold = font.bold or object_mode(c_void_p(holder)) == _FILL_AND_STROKE
            plain = matrix.b == 0 and matrix.a > 0
            size = font_size * abs(matrix.d)
            off = off or not floor - 1 <= baseline <= top + 1
            shown = not clip or _shows(holder, baseline + 0.3 * size)
        text = texts.get(code)
        if text is None:
            if _CHINESE <= code < 0xD800 and char_unmapped(page, index) != 1:
                text = texts[code] = chr(code)
            elif 0xD800 <= code < 0xDC00:
                high = code
                continue
            elif 0xDC00 <= code < 0xE000 and high:
                text = chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
                high = 0
            else:
                text = font.learn(page, index, code)
        if not plain:
            others.append(_turned(text, x0, baseline, matrix, page, index, x1 - edge, font, bold))
            continue
        if x0 == last_x and holder == before and line_y == last_y and upright:
            # One glyph that stands for several characters.
            upright[-1] = upright[-1]._replace(text=upright[-1].text + text)
            continue
        if (
            last_x + 0.2 * size < x0 < last_x1 - 0.1 * size
            and line_y == last_y
            and handle == last_handle
        ):
            if last_code < _CHINESE:  # Chinese punctuation is squeezed here and there
                key = _width_key(last_code)
                advance = (x0 - last_x) / size
                font.advances[key] = min(advance, font.advances.get(key, advance))
            upright[-1] = upright[-1]._replace(x1=x0 - left)
        if edge < x0 - _NEAR:
            # The box is that of the glyph, not of its advance.
            x1 = x0 + min(x1 - edge, size)
        if font.advances:
            x1 = min(x1, x0 + size * font.advances.get(_width_key(code), 2.0))
        last_x, last_x1, last_y, last_code, last_handle = x0, x1, line_y, code, handle
        char = new(Char, (text, x0 - left, x1 - left, top - baseline, size, font.name, 0, bold))
        (upright if shown else hidden).append(char)
    _narrow(others)
    return Chars(
        upright=upright,
        others=others,
        hidden=hidden,
        off=off,
        holders=frozenset(holders),
        drawn=frozenset(key for key, known in fonts.items() if known.drawn),
    )


def _narrow(chars: list[RawChar]) -> None:
    """Give turned characters their advance where the box of one reaches over the next."""
    known: dict[tuple[str, int], float] = {}
    for index, char in enumerate(chars):
        key = (char.font, _width_key(ord(char.text[0])))
        advance = min(char.advance, known.get(key, 2.0) * char.size)
        if index + 1 < len(chars):
            after = chars[index + 1]
            step_x, step_y = after.x - char.x, after.y - char.y
            along = step_x * char.across + step_y * char.up
            aside = abs(step_y * char.across - step_x * char.up)
            if aside < 0.1 and 0.2 * char.size < along < char.advance - 0.1 * char.size:
                advance = min(advance, along)
                if key[1] < _CHINESE:
                    known[key] = min(along / char.size, known.get(key, 2.0))
        if advance < char.advance:
            chars[index] = char._replace(advance=advance)


def _width_key(code: int) -> int:
    """One code for all digits: they are of one width."""
    return 0x30 if 0x30 <= code <= 0x39 else code


def passed_over(texts: list[int], chars: Chars) -> int:
    """How many text objects gave no characters though their glyphs may be there to see.

    PDFium passes over what has no extent: blanks, but also every glyph that the font it takes in
    place of one that is not in the file does not have. In place of the Latin standard fonts it
    takes fonts of its own that have every glyph of theirs.
    """
    fonts: dict[int, bool] = {}
    count = 0
    for holder in texts:
        if holder not in chars.holders:
            handle = object_font(c_void_p(holder))
            if handle not in fonts:
                fonts[handle] = (
                    handle in chars.drawn
                    or font_embedded(c_void_p(handle)) == 1
                    or _STANDARD.match(_font_name(handle)) is not None
                )
            count += not fonts[handle]
    return count


def _codes(text_page: Any, count: int) -> list[int]:
    """The codes of all characters in one call; empty if they cannot be told apart so."""
    buffer = (c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    try:
        single = len(bytes(buffer).decode(_UTF_16)) == written == count + 1
    except UnicodeDecodeError:  # half of a pair
        single = False
    return list(buffer) if single else []


def _shows(holder: int, middle: float) -> bool:
    """Whether the clipping paths of an object leave a line of a height to be seen."""
    path = pdfium.FPDFPageObj_GetClipPath(cast(holder, pdfium.FPDF_PAGEOBJECT))
    x, y = c_float(), c_float()
    for part in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
        ys = []
        for index in range(max(0, pdfium.FPDFClipPath_CountPathSegments(path, part))):
            step = pdfium.FPDFClipPath_GetPathSegment(path, part, index)
            pdfium.FPDFPathSegment_GetPoint(step, byref(x), byref(y))
            ys.append(y.value)
        if ys and not min(ys) - 1 <= middle <= max(ys) + 1:
            return False
    return True


def _turned(
    text: str,
    x: float,
    y: float,
    matrix: Any,
    page: c_void_p,
    index: int,
    advance: float,
    font: _Font,
    bold: bool,
) -> RawChar:
    """A character that does not simply stand upright."""
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    scale = hypot(a, b) or 1.0
    size = abs(char_size(page, index) * (a * d - b * c) / scale)
    if not 0 < advance < 2 * size:
        advance = size
    return RawChar(text, x, y, a / scale, b / scale, advance, size, font.name, bold)
