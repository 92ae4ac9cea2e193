"""What the elements of a page mean for its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

if TYPE_CHECKING:
    from lxml import etree

#: Elements with nothing to read for people.
SILENT = frozenset(
    ("script", "style", "template", "head", "title", "meta", "link", "svg", "math-ml",
     "audio", "video", "canvas", "map", "datalist", "xml")
)  # fmt: skip
#: Elements inside a line of text. Every other element begins and ends a line.
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn",
        "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt",
        "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
        "var", "wbr", "o:p", "st1:chsdate", "object", "embed", "iframe", "button", "select",
        "option", "optgroup", "textarea", "math", "mi", "mn", "mo", "mrow", "picture", "source",
    )
)  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: Elements by which a page says itself that they are not its content.
_ASIDE = frozenset(("nav", "footer", "aside", "noscript", "select", "button", "textarea"))
_ASIDE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu"))
_BOLD = re.compile(
    r"(?:^|;)\s*font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.I
)
_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*([\w-]+)", re.I)
_SIZE = re.compile(r"(?:^|;|\s)font(?:-size)?\s*:[^;]*?(\d{1,3}(?:\.\d{1,4})?)\s*(pt|px)", re.I)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_INDENT = re.compile(
    r"(?:^|;)\s*(?:text-indent|padding-left|margin-left)\s*:\s*(\d{1,3}(?:\.\d{1,4})?)\s*(em|pt|px)",
    re.I,
)
#: Points of ``<font size=1>`` to ``7``.
_FONT_SIZES = (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0)
_POINTS_PER_PIXEL = 0.75
_PLAIN_SIZE = 12.0


@frozen(kw_only=True)
class Look:
    """How text looks at a point of the page. ``size`` in points; ``link`` inside a link."""

    bold: bool = False
    centred: bool = False
    size: float | None = None
    hidden: bool = False
    aside: bool = False
    link: bool = False
    verbatim: bool = False
    heading: int | None = None


def look_of(element: etree._Element, tag: str, outer: Look) -> Look:
    """The look inside an element."""
    changes: dict[str, Any] = {}
    if tag in ("b", "strong", "th") or tag in HEADINGS:
        changes["bold"] = True
    if tag in HEADINGS:
        changes["heading"] = HEADINGS[tag]
    elif tag == "a" and element.get("href"):
        changes["link"] = True
    elif tag == "center":
        changes["centred"] = True
    elif tag in ("pre", "xmp", "listing"):
        changes["verbatim"] = True
    elif tag == "font":
        number = (element.get("size") or "").strip()
        if number in tuple("1234567"):
            changes["size"] = _FONT_SIZES[int(number) - 1]
    if tag in _ASIDE or element.get("role") in _ASIDE_ROLES:
        changes["aside"] = True
    align = element.get("align")
    if align:
        changes["centred"] = align.strip().lower() == "center"
    # Text deleted under revision 修订 is not printed, as in Word.
    if tag == "del" or element.get("hidden") is not None:
        changes["hidden"] = True
    style = element.get("style")
    if style:
        _styled(style[:2_000], changes)
    return evolve(outer, **changes) if changes else outer


def _styled(style: str, changes: dict[str, Any]) -> None:
    bold = _BOLD.search(style)
    if bold:
        changes["bold"] = bold[1].lower() in ("bold", "bolder") or bold[1][0] in "6789"
    align = _ALIGN.search(style)
    if align:
        changes["centred"] = align[1].lower() == "center"
    size = _SIZE.search(style)
    if size:
        changes["size"] = points(size[1], size[2])
    if _HIDDEN.search(style):
        changes["hidden"] = True


def points(number: str, unit: str) -> float:
    """A length in points."""
    value = float(number)
    return value * _POINTS_PER_PIXEL if unit.lower() == "px" else value


def indent_of(element: etree._Element) -> int:
    """The indentation that an element's style gives its text, in characters."""
    found = _INDENT.search((element.get("style") or "")[:2_000])
    if not found:
        return 0
    if found[2].lower() == "em":
        return min(round(float(found[1])), 100)
    return min(round(points(found[1], found[2]) / _PLAIN_SIZE), 100)


def name_of(element: etree._Element) -> str:
    """The lower-case name of an element; empty for what is none (a comment, an entity)."""
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int | None:
    """The line of the page that an element begins in."""
    line = element.sourceline
    return line if isinstance(line, int) else None


def text_of(element: etree._Element) -> str:
    """All characters inside an element."""
    return "".join(str(text) for text in element.itertext())
