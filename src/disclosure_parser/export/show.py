"""A report for people: identity, outline, records section by section, diagnostics.

Any record class is shown by its fields; lines of figures and rows of tables have a form of their
own. Nothing is cut: where a line is too narrow it is folded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.values import Amount, Change, Quantity, ValueState
from disclosure_parser.outline.model import Section
from disclosure_parser.report import Report
from disclosure_parser.sections.model import Line, Record, TextItem
from disclosure_parser.sections.performance import DutyGoal

_STATES = {ValueState.BLANK: "(blank)", ValueState.DASH: "(dash)", ValueState.NIL: "(none)"}
_HIDDEN = {"section", "found_by", "row", "block", "blocks", "anchor", "ordinal", "level"}
#: Widest column of a table of rows, in terminal cells; longer text goes on below.
_COLUMN = 44


def show(report: Report, console: Console) -> None:
    """Print a report."""
    page = _Page(console)
    page.identity(report)
    page.heading("Outline 目录")
    for section in report.sections:
        page.outline(report, section, 0)
    page.heading("Records 记录")
    titles = {section.id: f"{section.number}{section.title}" for section in report.walk()}
    for record in report.records:
        page.record(record, titles)
    if report.tables:
        page.heading("Tables 表格")
        page.tables(report)
    page.heading("Diagnostics 提示")
    page.diagnostics(report)


def show_outline(report: Report, console: Console) -> None:
    """Print the section tree only."""
    page = _Page(console)
    for section in report.sections:
        page.outline(report, section, 0)


def clean(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"} else "\ufffd" for c in text
    )


def figure(value: Amount | Quantity) -> str:
    """A value as printed, with its unit, its value in 元 and its doubt."""
    if value.state in _STATES:
        shown = _STATES[value.state]
        if value.text.strip():
            shown = f"{value.text.strip()} {shown}"
    elif isinstance(value, Amount):
        shown = value.text
        if value.unit is not None and value.unit.value not in value.text:
            shown = f"{shown} {value.unit.value}"
        if value.yuan is not None and (value.unit is None or value.unit.value != "元"):
            shown = f"{shown} (= {value.yuan:,f} 元)"
    else:
        shown = value.text
        if value.unit and value.unit not in value.text:
            shown = f"{shown} {value.unit}"
    shown = " ".join(shown.split())
    return f"{shown} [?] {value.doubt}" if value.doubt else shown


class _Page:
    def __init__(self, console: Console) -> None:
        self._console = console
        #: The heading of the last item of a list: printed once for its group.
        self._group: Quote | None = None

    def put(self, text: str, indent: int = 0, style: str = "") -> None:
        for line in clean(text).split("\n"):
            self._console.print(
                Text("  " * indent + line, style=style, overflow="fold"), soft_wrap=True
            )

    def heading(self, text: str) -> None:
        self.put("")
        self.put(f"== {text} ==", style="bold")

    def identity(self, report: Report) -> None:
        identity, source = report.identity, report.document.source
        self.put(identity.agency or "(agency unknown)", style="bold")
        told = {
            "fiscal year 年度": identity.fiscal_year,
            "kind 类别": identity.kind,
            "scope 口径": identity.scope,
            "title 标题": identity.title.text if identity.title is not None else None,
            "unit code 单位编码": identity.unit_code,
            "family 模板": report.family or None,
        }
        for name, value in told.items():
            self.put(f"{name}: {_flat(str(value)) if value is not None else '—'}", 1)
        size = f"{source.format}, {source.size:,} bytes"
        pages = f", {source.pages} pages" if source.pages is not None else ""
        self.put(f"source 来源: {source.name} ({size}{pages})", 1)

    def outline(self, report: Report, section: Section, level: int) -> None:
        kind = f"  [{section.kind}]" if section.kind else ""
        places = report.places(section.heading) if section.heading is not None else ()
        place = f"  ({places[0]})" if places else ""
        self.put(f"{section.id}  {section.number}{_flat(section.title)}{kind}{place}", level)
        for child in section.children:
            self.outline(report, child, level + 1)

    def record(self, record: Record, titles: dict[str, str]) -> None:
        title = titles.get(record.section, "") or "(front)"
        self.put("")
        self.put(f"{record.section} {_flat(title)} — {type(record).__name__}".strip(), style="bold")
        self.put(f"found by {record.found_by}", 1, style="dim")
        self._fields(record, 1)

    def _fields(self, value: Any, indent: int) -> None:
        for name, inner in _told(value):
            self._named(name, inner, indent)

    def _named(self, name: str, value: Any, indent: int) -> None:
        if isinstance(value, tuple) and value and all(map(attrs.has, map(type, value))):
            if _is_rows(value):
                self.put(f"{name}:", indent)
                self._rows(value)
                return
            self.put(f"{name}:", indent)
            for element in value:
                self._element(element, indent + 1)
        elif isinstance(value, Line):
            self.put(f"{name}: {_head(value)}", indent)
            self._line_details(value, indent + 1)
        elif isinstance(value, TextItem):
            self._text_item(value, indent)
        elif attrs.has(type(value)) and _inline(value) is None:
            self.put(f"{name}:", indent)
            self._fields(value, indent + 1)
        else:
            self.put(f"{name}: {_inline(value)}", indent)

    def _element(self, value: Any, indent: int) -> None:
        if isinstance(value, Line):
            self.put(f"- {_head(value)}", indent)
            self._line_details(value, indent + 1)
        elif isinstance(value, TextItem):
            self._text_item(value, indent + value.level)
        elif isinstance(value, DutyGoal):
            self._text_item(value.item, indent + value.item.level)
            for quantity in value.quantities:
                self._element(quantity, indent + value.item.level + 1)
        elif (inline := _inline(value)) is not None:
            self.put(f"- {inline}", indent)
        else:
            self.put("-", indent)
            self._fields(value, indent + 1)

    def _text_item(self, item: TextItem, indent: int) -> None:
        if item.heading is not None and item.heading != self._group:
            self.put(f"[{_flat(item.heading.text)}]", indent)
        self._group = item.heading
        self.put(f"{item.number} {_flat(item.text.text)}".strip(), indent)
        for more in item.more:
            self.put(_flat(more.text), indent + 1)

    def _line_details(self, line: Line, indent: int) -> None:
        for change in line.changes:
            self.put(_change(change), indent)
        for share in line.shares:
            of = f" of {_flat(share.of.text)}" if share.of is not None else ""
            self.put(f"share 占比{of}: {figure(share.value)}", indent)
        for completion in line.completions:
            base = f" of {completion.base.value}" if completion.base is not None else ""
            self.put(f"completion 完成率{base}: {figure(completion.value)}", indent)
        if line.reason is not None:
            self.put(f"reason 原因: {_flat(line.reason.text)}", indent)
        if line.purpose is not None:
            self.put(f"purpose 用途: {_flat(line.purpose.text)}", indent)

    def _rows(self, rows: tuple[Any, ...]) -> None:
        cells = [{name: _cell(value) for name, value in _told(row)} for row in rows]
        used = {name for row in cells for name, text in row.items() if text}
        names = [field.name for field in attrs.fields(type(rows[0])) if field.name in used]
        table = RichTable(box=SIMPLE, pad_edge=False)
        for name in names:
            table.add_column(name, overflow="fold", max_width=_COLUMN)
        for row in cells:
            table.add_row(*(Text(clean(row.get(name, ""))) for name in names))
        self._console.print(table)

    def tables(self, report: Report) -> None:
        kinds = {s.block: f" — {type(s).__name__}" for s in report.statements}
        for number, view in enumerate(report.tables, 1):
            title = _flat(view.title.text) if view.title is not None else "(no title)"
            unit = f", {view.unit.value}" if view.unit is not None else ""
            empty = ", empty 空表" if view.empty else ""
            shape = f"{len(view.body_rows)} rows, {len(view.columns)} columns{unit}{empty}"
            kind = kinds.get(view.block, "")
            self.put(f"{number}. {title} ({shape}){kind}", 1)

    def diagnostics(self, report: Report) -> None:
        if not report.diagnostics:
            self.put("none", 1)
        for said in report.diagnostics:
            place = said.place
            if place is None and said.anchor is not None:
                place = next(iter(report.places(said.anchor)), None)
            where = f" ({place})" if place is not None else ""
            self.put(f"{said.severity.value}: [{said.code}] {_flat(said.message)}{where}", 1)


def _is_rows(values: Iterable[Any]) -> bool:
    """Whether objects are rows of a table: they say in which row of it they stand."""
    return all("row" in attrs.fields_dict(type(value)) for value in values)


def _head(line: Line) -> str:
    """The first line of a line: what it is, its amounts by phase, its count."""
    concept = f" {{{line.concept}}}" if line.concept else ""
    of = f" (of {line.whole})" if line.whole else ""
    within = f" <{line.within}>" if line.within else ""
    parts = [f"{_flat(line.label.text)}{concept}{of}{within}"]
    for phased in line.amounts:
        when = " ".join(
            str(x) for x in (phased.year, phased.phase.value if phased.phase else None) if x
        )
        parts.append(f"{figure(phased.amount)}{f' [{when}]' if when else ''}")
    if line.quantity is not None:
        sign = f"{line.operator.value} " if line.operator is not None else ""
        counted = _flat(line.counted.text) if line.counted is not None else ""
        parts.append(f"{sign}{figure(line.quantity)}{counted}")
    return "  ".join(parts)


def _change(change: Change) -> str:
    parts = [change.direction.value if change.direction is not None else "?"]
    parts.extend(figure(value) for value in (change.amount, change.percent) if value is not None)
    base = change.base.value if change.base is not None else ""
    year = str(change.base_year) if change.base_year is not None else ""
    against = " ".join(x for x in (base, year) if x)
    if against:
        parts.append(f"against {against}")
    if change.doubt:
        parts.append(f"[?] {change.doubt}")
    if change.reason is not None:
        parts.append(f"reason 原因: {_flat(change.reason.text)}")
    return f"change 增减: {'  '.join(parts)}"


def _inline(value: Any) -> str | None:
    """A value on one line, ``None`` if it needs several."""
    if isinstance(value, Quote):
        return _flat(value.text)
    if isinstance(value, Amount | Quantity):
        return figure(value)
    if isinstance(value, Anchor):
        return ""
    if isinstance(value, tuple):
        return ", ".join(_inline(element) or "" for element in value)
    if attrs.has(type(value)):
        plain = list(_plain(value))
        return None if len(plain) > 4 or any("\n" in text for text in plain) else ": ".join(plain)
    return _flat(str(value))


def _plain(value: Any) -> Iterator[str]:
    """The simple fields of an object; something that is not one line counts as a new line."""
    for _, inner in _told(value):
        simple = isinstance(inner, Quote | Amount | Quantity) or not (
            isinstance(inner, tuple) or attrs.has(type(inner))
        )
        yield (_inline(inner) or "") if simple else "\n"


def _told(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of an object that say something to a reader."""
    names = [field.name for field in attrs.fields(type(value)) if field.name not in _HIDDEN]
    for name in names:
        inner = getattr(value, name)
        if inner is None or inner == "" or inner == ():
            continue
        if name == "name" and {"label", "term"} & set(names):
            continue  # the same words, folded
        yield name, inner


def _cell(value: Any) -> str:
    """A value in a cell: the figure as printed (its unit stands with the table)."""
    if isinstance(value, Amount | Quantity):
        text = _flat(value.text)
        return f"{text} [?] {value.doubt}" if value.doubt else text
    if isinstance(value, tuple):
        return "\n".join(text for element in value if (text := _cell(element)))
    if attrs.has(type(value)) and not isinstance(value, Quote):
        inner = [(v, _cell(v)) for _, v in _told(value)]
        figures = [text for v, text in inner if isinstance(v, Amount | Quantity)]
        if figures and not any(figures):
            return ""
        return " ".join(text for _, text in inner if text)
    return (_inline(value) or "").strip()


def _flat(text: str) -> str:
    return " ".join(text.split())
