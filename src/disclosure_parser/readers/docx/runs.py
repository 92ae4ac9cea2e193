"""The inside of a paragraph: runs, revisions, fields, symbols, mathematics, drawings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from disclosure_parser.document import Role
from disclosure_parser.readers.docx import names
from disclosure_parser.readers.docx.fields import Fields, field_name
from disclosure_parser.readers.docx.line import Line, Meter
from disclosure_parser.readers.docx.names import TEXT, VAL, m, w
from disclosure_parser.readers.docx.styles import Form, Look, Styles, over
from disclosure_parser.readers.docx.symbols import symbol
from disclosure_parser.readers.docx.values import child, integer, switched

if TYPE_CHECKING:
    from lxml import etree

    from disclosure_parser.readers.docx.package import Log

_R_STYLE = w("rStyle")
_VANISH = w("vanish")
_BOLD = w("b")
_SIZE = w("sz")
#: White space in the XML is a space in print; tabs and line ends are elements of their own.
_SPACES = str.maketrans("\t\n\r", "   ")


class Runs:
    """Walks through paragraphs and fills lines."""

    def __init__(self, styles: Styles, fields: Fields, log: Log, meter: Meter) -> None:
        self.fields = fields
        self._styles = styles
        self._log = log
        self._meter = meter
        #: The properties of the paragraph that is being read.
        self._form = Form()
        self._looks: dict[tuple[str, str], Look] = {}
        self._stated: dict[tuple[str, str, bool | None, bool | None, float | None], Look] = {}

    def read(self, parent: etree._Element, line: Line, role: Role, form: Form) -> None:
        """Add what stands in a paragraph, or in an element between it and its runs."""
        self._form = form
        self._walk(parent, line, role, self._base(form, ""))

    def read_loose(self, item: etree._Element, line: Line, role: Role, form: Form) -> None:
        """Add an element that stands where only paragraphs should."""
        self._form = form
        self._each((item,), line, role, self._base(form, ""))

    def _walk(self, parent: etree._Element, line: Line, role: Role, look: Look) -> None:
        self._each(parent, line, role, look)

    def _each(self, children: Iterable[etree._Element], line: Line, role: Role, look: Look) -> None:
        for item in children:
            tag = item.tag
            if tag == TEXT:
                if item.text:
                    self._put(item.text.translate(_SPACES), line, role, look)
            elif tag not in _SILENT:
                _ACTIONS.get(tag, Runs._walk)(self, item, line, role, look)

    def _put(self, text: str, line: Line, role: Role, look: Look) -> None:
        self._meter.add(len(text))
        if look.vanish:
            role = Role.HIDDEN
        elif role is Role.TEXT and self.fields.codes:
            role = Role.FIELD
        line.add(text, role)
        if role is Role.TEXT and not text.isspace():
            line.weigh(len(text), look, self.fields.contents > 0)

    def _run(self, run: etree._Element, line: Line, role: Role, look: Look) -> None:
        properties = child(run, names.RUN_PROPERTIES)
        if properties is not None and len(properties):
            look = self._look(properties)
        self._each(run, line, role, look)

    def _look(self, properties: etree._Element) -> Look:
        form = self._form
        vanish = bold = size = None
        style = ""
        for item in properties:
            tag = item.tag
            if tag == _SIZE:
                half_points = integer(item.get(VAL))
                size = half_points / 2 if half_points else None
            elif tag == _BOLD:
                bold = switched(item)
            elif tag == _R_STYLE:
                style = item.get(VAL, "")
            elif tag == _VANISH:
                vanish = switched(item)
        base = self._base(form, style)
        if vanish is None and bold is None and size is None:
            return base
        key = (form.style, style, vanish, bold, size)
        if key not in self._stated:
            self._stated[key] = over(base, Look(vanish=vanish, bold=bold, size=size))
        return self._stated[key]

    def _base(self, form: Form, style: str) -> Look:
        """The look that the styles of a paragraph and of a run give together.

        Where both switch something on, Word switches it off.
        """
        key = (form.style, style)
        if key not in self._looks:
            paragraph = form.look
            run = self._styles.look(style) if style else Look()
            default = self._styles.base
            self._looks[key] = Look(
                vanish=bool(paragraph.vanish) != bool(run.vanish),
                bold=bool(paragraph.bold) != bool(run.bold) or bool(default.bold),
                size=run.size or paragraph.size or default.size,
            )
        return self._looks[key]

    def _hidden(self, element: etree._Element, line: Line, _: Role, look: Look) -> None:
        self._walk(element, line, Role.HIDDEN, look)

    def _deleted(self, element: etree._Element, line: Line, _: Role, look: Look) -> None:
        if element.text:
            self._put(element.text.translate(_SPACES), line, Role.HIDDEN, look)

    def _note(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        """The reading that a ruby text prints above its base."""
        self._walk(element, line, Role.NOTE if role is Role.TEXT else role, look)

    def _mark(self, element: etree._Element, line: Line, _: Role, look: Look) -> None:
        del look
        if self.fields.mark(element):
            line.part()

    def _code(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        text = element.text or ""
        self.fields.code(text)
        if text:
            self._put(text, line, Role.FIELD if role is Role.TEXT else role, look)

    def _simple_field(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        code = element.get(w("instr"), "")
        line.part()
        if code:
            self._put(code, line, Role.FIELD if role is Role.TEXT else role, look)
        if not len(element):
            self.fields.warn(code)
        contents = field_name(code) == "TOC"
        self.fields.contents += contents
        self._walk(element, line, role, look)
        self.fields.contents -= contents

    def _symbol(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        font, text = element.get(w("font"), ""), element.get(w("char"), "")
        try:
            code = int(text[:8], 16)
        except ValueError:
            code = -1
        printed = symbol(font, code)
        if printed is None:
            self._log.add("docx.symbol", f"character {text[:8]} of font {font[:40]} is not known")
            printed = "\ufffd"
        self._put(printed, line, role, look)

    def _alternate(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        chosen = choice(element)
        if chosen is not None:
            self._walk(chosen, line, role, look)

    def _break(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        if element.get(w("type")) in ("page", "column"):
            line.page_break()
        else:
            self._put_mark("\n", line, role, look)

    def _put_mark(self, mark: str, line: Line, role: Role, look: Look) -> None:
        """A tab or line end: printed white space that weighs nothing."""
        if look.vanish or role is not Role.TEXT or self.fields.codes:
            return
        self._meter.add(1)
        line.add(mark, Role.TEXT)

    def _box(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        line.boxes.append((element, Role.HIDDEN if look.vanish else role))

    def _block(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        """A paragraph or table where only runs should stand."""
        line.boxes.append(((element,), Role.HIDDEN if look.vanish else role))

    def _picture(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        line.pictures += 1
        self._walk(element, line, role, look)

    def _object(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        line.objects += 1
        self._walk(element, line, role, look)

    def _chart(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        del role, look
        line.charts.append(element.get(names.R_ID, ""))

    def _diagram(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        del role, look
        line.diagrams.append(element.get(names.R_DATA, ""))

    def _drawing_text(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        if element.text:
            self._put(element.text, line, Role.CHART if role is Role.TEXT else role, look)

    def _text_path(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        """Letters drawn along a path: WordArt 艺术字, watermarks 水印."""
        text = element.get("string", "")
        if text:
            line.part()
            self._put(text, line, Role.CHART if role is Role.TEXT else role, look)

    def _math_text(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        if element.text:
            self._put(element.text, line, role, look)

    def _fraction(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        self._operands(element, ("num", "den"), "/", line, role, look)

    def _power(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        self._operands(element, ("e", "sup"), "^", line, role, look)

    def _operands(
        self,
        element: etree._Element,
        parts: tuple[str, str],
        sign: str,
        line: Line,
        role: Role,
        look: Look,
    ) -> None:
        """Two operands in one line: without the sign 1 over 2 would read 12."""
        for index, name in enumerate(parts):
            if index:
                self._put(sign, line, role, look)
            for part in element.iterchildren(m(name)):
                simple = str(part.xpath("string()")).isalnum()
                self._put("" if simple else "(", line, role, look)
                self._walk(part, line, role, look)
                self._put("" if simple else ")", line, role, look)

    def _delimiters(self, element: etree._Element, line: Line, role: Role, look: Look) -> None:
        properties = {
            item.tag: item.get(m("val"), "") for item in element.iterfind(f"{m('dPr')}/*")
        }
        self._put(properties.get(m("begChr"), "("), line, role, look)
        for index, part in enumerate(element.iterchildren(m("e"))):
            if index:
                self._put(properties.get(m("sepChr"), "|"), line, role, look)
            self._walk(part, line, role, look)
        self._put(properties.get(m("endChr"), ")"), line, role, look)


def choice(alternate: etree._Element) -> etree._Element | None:
    """The one of the alternatives that is read: the first choice, else the fallback.

    They say the same thing twice, for newer and for older programs.
    """
    chosen = alternate.find(names.CHOICE)
    return alternate.find(names.FALLBACK) if chosen is None else chosen


def _character(text: str) -> Callable[[Runs, etree._Element, Line, Role, Look], None]:
    def action(runs: Runs, _: etree._Element, line: Line, role: Role, look: Look) -> None:
        runs._put(text, line, role, look)

    return action


def _white(text: str) -> Callable[[Runs, etree._Element, Line, Role, Look], None]:
    def action(runs: Runs, _: etree._Element, line: Line, role: Role, look: Look) -> None:
        runs._put_mark(text, line, role, look)

    return action


#: Elements that hold no text of the document.
_SILENT = frozenset(
    (
        names.PARAGRAPH_PROPERTIES, names.RUN_PROPERTIES, w("sdtPr"), w("sdtEndPr"), w("proofErr"),
        w("bookmarkStart"), w("bookmarkEnd"), w("lastRenderedPageBreak"), w("rubyPr"),
        w("customXmlPr"), w("smartTagPr"), w("softHyphen"),
    )
)  # fmt: skip
_ACTIONS: dict[str, Callable[[Runs, etree._Element, Line, Role, Look], None]] = {
    names.RUN: Runs._run,
    m("r"): Runs._run,
    w("del"): Runs._hidden,
    w("moveFrom"): Runs._hidden,
    names.DELETED_TEXT: Runs._deleted,
    w("delInstrText"): Runs._deleted,
    w("rt"): Runs._note,
    names.FIELD_CHAR: Runs._mark,
    w("instrText"): Runs._code,
    w("fldSimple"): Runs._simple_field,
    w("sym"): Runs._symbol,
    w("br"): Runs._break,
    w("cr"): _white("\n"),
    w("tab"): _white("\t"),
    w("ptab"): _white("\t"),
    w("noBreakHyphen"): _character("-"),
    names.ALTERNATE: Runs._alternate,
    names.TEXT_BOX: Runs._box,
    names.PARAGRAPH: Runs._block,
    names.TABLE: Runs._block,
    names.PICTURE: Runs._picture,
    names.VML_PICTURE: Runs._picture,
    names.EMBEDDED_OBJECT: Runs._object,
    names.CHART: Runs._chart,
    names.DIAGRAM: Runs._diagram,
    names.DRAWING_TEXT: Runs._drawing_text,
    names.VML_TEXT_PATH: Runs._text_path,
    names.MATH_TEXT: Runs._math_text,
    m("f"): Runs._fraction,
    m("sSup"): Runs._power,
    m("d"): Runs._delimiters,
}
