"""A page put together: decoded, parsed, walked, told apart from what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from disclosure_parser.document import (
    Anchor,
    Block,
    Cell,
    Diagnostic,
    Document,
    Fragment,
    Paragraph,
    Place,
    Role,
    Severity,
    Table,
)
from disclosure_parser.errors import (
    CorruptDocumentError,
    EmptyDocumentError,
    LimitExceededError,
)
from disclosure_parser.readers.base import Input
from disclosure_parser.readers.html.content import Reading, read_roles
from disclosure_parser.readers.html.decoding import decode_page
from disclosure_parser.readers.html.drafts import CellDraft, LineDraft, TableDraft, collapse
from disclosure_parser.readers.html.links import Link, attachments, continued
from disclosure_parser.readers.html.tags import name_of, text_of
from disclosure_parser.readers.html.walk import Walk, base_name

if TYPE_CHECKING:
    from lxml import etree

#: The part of a page's places when the page is all there is.
_PAGE = "page"
#: Tags per cell that the limits allow; an element costs more memory than its bytes.
_TAGS_PER_CELL = 10
_TITLES = re.compile(r"(?:article|page)?title$|og:title$", re.IGNORECASE)
_MOST_NAMED = 50
#: So many characters that are not displayed may be the report, where nothing else is.
_REVEALED = 200
# What a page cannot hold as a character, and marks that white space hides.
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127))


@frozen(kw_only=True)
class Page:
    """A page to read: its bytes, the charset that is declared around it, its name in places."""

    data: bytes
    charset: str | None = None
    part: str = _PAGE


def read_page(source: Input) -> Document:
    """See :func:`disclosure_parser.readers.html.read_html`."""
    return read_pages(source, "html", [Page(data=source.data)])


def read_pages(source: Input, format_name: str, pages: Iterable[Page]) -> Document:
    """Read pages into one document.

    Raises:
        EmptyDocumentError: the pages print nothing and refer to nothing.
    """
    builder = _Builder(source)
    encodings = [builder.add(page) for page in pages]
    if not builder.blocks and not builder.shells:
        raise EmptyDocumentError(f"{source.name}: the page prints nothing")
    builder.tell_shell()
    return Document(
        source=source.describe(format_name, encoding=encodings[0] if encodings else None),
        blocks=tuple(builder.blocks),
        diagnostics=tuple(builder.diagnostics),
    )


class _Builder:
    def __init__(self, source: Input) -> None:
        self._source = source
        self.blocks: list[Block] = []
        self.diagnostics: list[Diagnostic] = []
        #: What the pages without a report of their own refer to.
        self.shells: list[Link | str] = []
        self._strong = 0

    def add(self, page: Page) -> str:
        """Add a page; its encoding."""
        decoded = decode_page(page.data, self._source.name, page.charset)
        self.diagnostics += decoded.diagnostics
        root = _parse(decoded.text, self._source)
        if root is None:
            return decoded.encoding
        body = _body(root)
        walk = Walk(self._source.limits)
        titles = list(_titles(root))
        walk.read(body, page.part, titles)
        reading = read_roles(walk.drafts, body, titles)
        if not reading.strong and _hidden(walk) >= _REVEALED:
            walk = Walk(self._source.limits, reveal=True)
            walk.read(body, page.part, titles)
            reading = read_roles(walk.drafts, body, titles)
            self._say(
                "html.revealed",
                "the text of the page is not displayed until a script shows it; read as displayed",
                Severity.NOTE,
                Place(part=page.part),
            )
        links = list(attachments(root))
        shell = reading.shell(attached=bool(links))
        self._strong += 0 if shell else reading.strong
        if titles:
            self._title(titles[0], reading, page.part)
        self._drafts(walk, reading)
        self._links(links, page.part)
        if shell:
            self.shells += links
        if continued(body):
            self._say(
                "html.continued",
                "the text goes on on other pages of the site, which are not read",
                Severity.ERROR,
                Place(part=page.part),
            )
        return decoded.encoding

    def tell_shell(self) -> None:
        """Say that no page holds a report, if so, and where it may be."""
        if self._strong:
            return
        where = "; ".join(str(link) for link in self.shells[:_MOST_NAMED])
        self._say(
            "html.shell",
            "the page holds no report of its own"
            + (f"; what it shows or links is not fetched: {where}" if where else ""),
            Severity.ERROR,
            None,
        )

    def _say(self, code: str, message: str, severity: Severity, place: Place | None) -> None:
        self.diagnostics.append(
            Diagnostic(code=code, message=message, severity=severity, place=place)
        )

    def _title(self, title: str, reading: Reading, part: str) -> None:
        """The title in the page's head: read as text only where the page does not print it."""
        self.blocks.append(
            Paragraph(
                text=title,
                role=Role.FURNITURE if reading.titled else Role.TEXT,
                fragments=_whole(title, 0, Place(part=f"{part} title")),
            )
        )

    def _links(self, links: list[Link], part: str) -> None:
        for link in links[:_MOST_NAMED]:
            shown = {"frame": "a frame", "viewer": "a file in a viewer"}.get(link.way, "a file")
            self._say(
                "html.attachment",
                f"{shown} is not read: {link}",
                Severity.NOTE if link.way == "link" else Severity.WARNING,
                Place(part=part, line=link.line),
            )

    def _drafts(self, walk: Walk, reading: Reading) -> None:
        indices: dict[int, int] = {}
        for draft, role in zip(walk.drafts, reading.roles, strict=True):
            if isinstance(draft, LineDraft):
                if draft.text:
                    self.blocks.append(_paragraph(draft, role))
                self._pictures(draft, role)
                continue
            indices[id(draft)] = len(self.blocks)
            container = None
            if draft.container is not None:
                outer, cell, end = draft.container
                container = Anchor(
                    block=indices[id(outer)], start=end, end=end, row=cell.row, column=cell.column
                )
            if draft.cells:
                self.blocks.append(_table(draft, role, container))
            for cell in draft.cells:
                for line in cell.lines:
                    self._pictures(line, role)

    def _pictures(self, line: LineDraft, role: Role) -> None:
        """Say which pictures stand where text might: a picture may be of a table."""
        if role is not Role.TEXT:
            return
        for picture in line.pictures:
            if picture.small or (line.text and len(line.text) > len(picture.words)):
                continue
            words = f" ({picture.words})" if picture.words else ""
            self._say(
                "html.picture",
                f"a picture is not read; it may hold text or a table: "
                f"{base_name(picture.address)}{words}",
                Severity.WARNING,
                picture.place,
            )


def _hidden(walk: Walk) -> int:
    """Characters that are not displayed."""
    return sum(len(d.text) for d in walk.drafts if isinstance(d, LineDraft) and d.hidden)


def _parse(text: str, source: Input) -> etree._Element | None:
    """The root of a page; ``None`` for one without any element.

    Raises:
        LimitExceededError: more tags than the limits allow.
    """
    from lxml import etree

    if text.count("<") > source.limits.cells * _TAGS_PER_CELL:
        raise LimitExceededError(f"{source.name}: more than {text.count('<') - 1} tags")
    # The parser drops what is nested deeper than its bound (2048 elements, 256 without huge_tree).
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    data = text.translate(_CONTROLS).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError as error:
        raise CorruptDocumentError(f"{source.name}: {error}") from error
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise LimitExceededError(f"{source.name}: {entry.message}")
    return root


def _body(root: etree._Element) -> etree._Element:
    """What is walked: the whole page, since old pages hold several bodies."""
    bodies = [child for child in root if name_of(child) == "body"]
    return bodies[0] if len(bodies) == 1 and name_of(root) == "html" else root


def _titles(root: etree._Element) -> Iterator[str]:
    """The titles that a page declares: its own first, then those for search engines."""
    for element in root.iter("title"):
        text = collapse(text_of(element)[:500])
        if text:
            yield text
            break
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or ""
        text = collapse((element.get("content") or "")[:500])
        if text and _TITLES.fullmatch(name.strip()):
            yield text


def _whole(text: str, generated: int, place: Place, start: int = 0) -> tuple[Fragment, ...]:
    if len(text) == generated:
        return ()
    return (Fragment(start=start + generated, end=start + len(text), place=place),)


def _paragraph(draft: LineDraft, role: Role) -> Paragraph:
    return Paragraph(
        text=draft.text,
        role=role,
        fragments=_whole(draft.text, draft.generated, draft.place),
        style=draft.style,
        generated=draft.generated,
    )


def _table(draft: TableDraft, role: Role, container: Anchor | None) -> Table:
    return Table(
        cells=tuple(_cell(cell) for cell in draft.cells if cell.row_span and cell.column_span),
        rows=draft.rows,
        columns=draft.columns,
        role=role,
        container=container,
    )


def _cell(draft: CellDraft) -> Cell:
    fragments: list[Fragment] = []
    start = 0
    lines = [line for line in draft.lines if line.text]
    for line in lines:
        fragments += _whole(line.text, line.generated, line.place, start)
        start += len(line.text) + 1
    return Cell(
        row=draft.row,
        column=draft.column,
        text="\n".join(line.text for line in lines),
        row_span=draft.row_span,
        column_span=draft.column_span,
        fragments=tuple(fragments),
        indent=draft.indent,
    )
