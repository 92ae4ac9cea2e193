"""Styles 样式: what a paragraph or a run inherits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from disclosure_parser.readers.docx.names import VAL, w
from disclosure_parser.readers.docx.values import integer, switched, twips

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|contents)\s*(?:\d|heading|标题)", re.IGNORECASE)
_STYLE_ID = w("styleId")
_TYPE = w("type")
_DEFAULT = w("default")
_ILVL = w("ilvl")
_NUM_ID = w("numId")
#: Body text has this outline level.
_BODY_LEVEL = 9


@frozen(kw_only=True)
class Look:
    """Run properties; ``None`` where nothing is said. ``size`` in points."""

    vanish: bool | None = None
    bold: bool | None = None
    size: float | None = None


@frozen(kw_only=True)
class Indent:
    """Indentation of a paragraph: in hundredths of a character and in twentieths of a point."""

    left_chars: float | None = None
    first_chars: float | None = None
    left: float | None = None
    first: float | None = None

    def characters(self, size: float) -> int:
        """Where the first line begins, in characters of ``size`` points."""
        width = size * 20 or 1.0
        left = self.left_chars / 100 if self.left_chars else (self.left or 0.0) / width
        first = self.first_chars / 100 if self.first_chars else (self.first or 0.0) / width
        return max(0, min(round(left + first), 100))


@frozen(kw_only=True)
class Form:
    """Paragraph properties, inherited ones included.

    ``outline`` is 1 for the highest heading. ``list_style`` is the style that the list
    (``num_id``) was set in; empty where the paragraph says it itself.
    """

    style: str = ""
    outline: int | None = None
    contents: bool = False
    justification: str = ""
    num_id: int | None = None
    level: int | None = None
    list_style: str = ""
    indent: Indent = Indent()
    look: Look = Look()


#: Where Word begins: 10 points, unless the document says another size.
_PLAIN = Look(vanish=False, bold=False, size=10.0)


class Styles:
    """The styles of a document, each resolved once along its chain of base styles."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._forms: dict[str, Form] = {}
        self._default = ""
        self._stated: dict[tuple[str, tuple[tuple[str, Any], ...]], Form] = {}
        base = _PLAIN
        for element in root if root is not None else ():
            if element.tag == w("style"):
                name = element.get(_STYLE_ID, "")
                self._elements.setdefault(name, element)
                if element.get(_TYPE) == "paragraph" and element.get(_DEFAULT) in ("1", "true"):
                    self._default = name
            elif element.tag == w("docDefaults"):
                found = element.find(f"{w('rPrDefault')}/{w('rPr')}")
                if found is not None:
                    base = over(_PLAIN, read_look(found))
        self.base = base

    def form(self, style: str | None) -> Form:
        """The paragraph properties that a paragraph style gives."""
        name = self._default if style is None else style
        if name not in self._forms:
            chain: dict[str, None] = {}
            current = name
            # Styles that are based on each other end the chain, too.
            while current in self._elements and current not in self._forms and current not in chain:
                chain[current] = None
                parent = self._elements[current].find(w("basedOn"))
                current = "" if parent is None else parent.get(VAL, "")
            form = self._forms.get(current, Form())
            for member in reversed(chain):
                form = self._forms[member] = self._derive(member, form)
            self._forms.setdefault(name, _unlisted(name))
        return self._forms[name]

    def stated(self, base: Form, properties: Iterable[etree._Element]) -> Form:
        """The properties of a paragraph: those of its style with what its ``pPr`` states."""
        changes = _changes(base, properties)
        if not changes:
            return base
        # Most paragraphs of a document look like one of a few.
        key = (base.style, tuple(changes.items()))
        if key not in self._stated:
            self._stated[key] = evolve(base, **changes)
        return self._stated[key]

    def look(self, style: str) -> Look:
        """The run properties that a character style gives."""
        return self.form(style).look

    def number_style(self, style: str) -> int | None:
        """The list that a numbering style names."""
        return self.form(style).num_id

    def _derive(self, style: str, base: Form) -> Form:
        element = self._elements[style]
        form = evolve(base, style=style)
        properties = element.find(w("pPr"))
        if properties is not None:
            form = evolve(form, **_changes(form, properties))
            if form.num_id != base.num_id:
                form = evolve(form, list_style=style)
        run = element.find(w("rPr"))
        if run is not None:
            form = evolve(form, look=over(form.look, read_look(run)))
        name = element.find(w("name"))
        text = "" if name is None else name.get(VAL, "").strip()
        heading = _HEADING.fullmatch(text)
        if heading and form.outline is None:
            form = evolve(form, outline=int(heading[1]))
        # A style based on a contents style is not one by that: 目录标题 may be the base of others.
        return evolve(form, contents=_CONTENTS.search(text) is not None)


def _unlisted(style: str) -> Form:
    """A style that the document does not describe: its id may still say what it is."""
    heading = _HEADING.fullmatch(style)
    return Form(
        style=style,
        outline=int(heading[1]) if heading else None,
        contents=_CONTENTS.search(style) is not None,
    )


def over(base: Look, look: Look) -> Look:
    """``look`` where it says something, ``base`` elsewhere."""
    return Look(
        vanish=base.vanish if look.vanish is None else look.vanish,
        bold=base.bold if look.bold is None else look.bold,
        size=base.size if look.size is None else look.size,
    )


def read_look(properties: etree._Element) -> Look:
    """The run properties that an ``rPr`` states itself."""
    vanish = bold = size = None
    for item in properties:
        tag = item.tag
        if tag == _VANISH:
            vanish = switched(item)
        elif tag == _BOLD:
            bold = switched(item)
        elif tag == _SIZE:
            half_points = integer(item.get(VAL))
            size = half_points / 2 if half_points else None
    return Look(vanish=vanish, bold=bold, size=size)


_VANISH = w("vanish")
_BOLD = w("b")
_SIZE = w("sz")
_JUSTIFICATION = w("jc")
_INDENT = w("ind")
_OUTLINE = w("outlineLvl")
_NUMBER = w("numPr")
_LEFT = (w("left"), w("start"))
_LEFT_CHARS = (w("leftChars"), w("startChars"))


def _changes(base: Form, properties: Iterable[etree._Element]) -> dict[str, Any]:
    """What a ``pPr`` states itself."""
    changes: dict[str, Any] = {}
    for item in properties:
        read = _READERS.get(item.tag)
        if read is not None:
            read(item, base, changes)
    return changes


def _read_outline(item: etree._Element, _: Form, changes: dict[str, Any]) -> None:
    level = integer(item.get(VAL))
    if level is not None:
        changes["outline"] = level + 1 if 0 <= level < _BODY_LEVEL else None


def _read_justification(item: etree._Element, _: Form, changes: dict[str, Any]) -> None:
    changes["justification"] = item.get(VAL, "")


def _read_number(item: etree._Element, _: Form, changes: dict[str, Any]) -> None:
    for part in item:
        value = integer(part.get(VAL))
        if value is not None and part.tag == _NUM_ID:
            changes.update(num_id=value, list_style="")
        elif value is not None and part.tag == _ILVL:
            changes["level"] = value


def _read_indent(item: etree._Element, base: Form, changes: dict[str, Any]) -> None:
    old = base.indent
    hanging, hanging_chars = twips(item.get(w("hanging"))), twips(item.get(w("hangingChars")))
    first, first_chars = twips(item.get(w("firstLine"))), twips(item.get(w("firstLineChars")))
    left = twips(item.get(_LEFT[0], item.get(_LEFT[1])))
    left_chars = twips(item.get(_LEFT_CHARS[0], item.get(_LEFT_CHARS[1])))
    if hanging:
        first = -hanging
    if hanging_chars:
        first_chars = -hanging_chars
    changes["indent"] = Indent(
        left=old.left if left is None else left,
        left_chars=old.left_chars if left_chars is None else left_chars,
        first=old.first if first is None else first,
        first_chars=old.first_chars if first_chars is None else first_chars,
    )


_READERS: dict[str, Callable[[etree._Element, Form, dict[str, Any]], None]] = {
    _OUTLINE: _read_outline,
    _JUSTIFICATION: _read_justification,
    _NUMBER: _read_number,
    _INDENT: _read_indent,
}
