"""The Word form of a corpus report, written as WordprocessingML."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

from corpus import wordparts
from corpus.source import Cell, Contents, Grid, Page, Para, Report, Run

#: A fixed time for archive members, so that equal sources give equal bytes.
_TIME = (2024, 1, 1, 0, 0, 0)
_NUMBER = re.compile(r"[-+]?[\d,]+(\.\d+)?%?")
_JUSTIFY = {"title": "center", "centre": "center", "right": "right"}
_DIGITS = "一二三四五六七八九十"


def render(report: Report, *, printed: bool = False) -> bytes:
    """The report as a Word file.

    With ``printed`` only what a printer would print is written: revisions are accepted and
    hidden text is left out. The PDF is made from that.
    """
    writer = _Writer(report, printed)
    body = writer.body()
    parts = ["styles", "settings", "footer1"]
    files = {
        "word/styles.xml": wordparts.styles(report.settings.get("font", "Noto Serif CJK SC")),
        "word/settings.xml": wordparts.settings(),
        "word/footer1.xml": wordparts.footer(report.settings.get("footer", "#")),
    }
    if report.automatic:
        parts.append("numbering")
        files["word/numbering.xml"] = wordparts.numbering()
    if writer.notes:
        parts.append("footnotes")
        files["word/footnotes.xml"] = wordparts.footnotes(writer.notes)
    files["word/document.xml"] = (
        f"{wordparts.DECLARATION}<w:document {wordparts.NAMESPACES}><w:body>{body}</w:body>"
        "</w:document>"
    )
    files["word/_rels/document.xml.rels"] = wordparts.document_relationships(parts)
    files["_rels/.rels"] = wordparts.package_relationships()
    files["[Content_Types].xml"] = wordparts.content_types(parts)
    return _archive(files)


def _archive(files: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):  # [Content_Types].xml sorts first, as readers expect
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name].encode("utf-8"))
    return target.getvalue()


class _Writer:
    """Writes the body; keeps the notes, the list counters and the page's orientation."""

    def __init__(self, report: Report, printed: bool) -> None:
        self.report = report
        self.printed = printed
        self.notes: list[str] = []
        self.counters = [0, 0, 0, 0]
        self.orientation = report.settings.get("page", "portrait")
        self.revision = 0

    def body(self) -> str:
        pieces: list[str] = []
        break_before = False
        for block in self.report.blocks:
            if isinstance(block, Page):
                if block.orientation in ("", self.orientation):
                    break_before = True
                else:
                    pieces.append(f"<w:p><w:pPr>{self._section()}</w:pPr></w:p>")
                    self.orientation = block.orientation
                continue
            if isinstance(block, Para):
                pieces.append(self._paragraph(block, break_before))
            else:
                if break_before:
                    pieces.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
                pieces.append(
                    self._table(block) if isinstance(block, Grid) else self._contents(block)
                )
            break_before = False
        pieces.append(self._section())
        return "".join(pieces)

    def _section(self) -> str:
        width, height, flag = 11906, 16838, ""
        if self.orientation == "landscape":
            width, height, flag = height, width, ' w:orient="landscape"'
        return (
            '<w:sectPr><w:footerReference w:type="default" r:id="rIdfooter1"/>'
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{flag}/>'
            '<w:pgMar w:top="1304" w:right="1304" w:bottom="1134" w:left="1304" '
            'w:header="720" w:footer="600" w:gutter="0"/></w:sectPr>'
        )

    def _paragraph(self, para: Para, break_before: bool) -> str:
        properties = []
        if para.level and self.report.settings.get("headings") == "styled":
            properties.append(f'<w:pStyle w:val="Heading{para.level}"/>')
        if break_before:
            properties.append("<w:pageBreakBefore/>")
        if para.number:
            self._count(para)
            properties.append(
                f'<w:numPr><w:ilvl w:val="{para.level - 1}"/><w:numId w:val="1"/></w:numPr>'
            )
        if para.style in ("text", "heading") and para.level != 1:
            properties.append('<w:ind w:firstLineChars="200" w:firstLine="480"/>')
        if para.style in _JUSTIFY:
            properties.append(f'<w:jc w:val="{_JUSTIFY[para.style]}"/>')
        if para.style == "small":
            properties.append('<w:spacing w:line="280" w:lineRule="auto"/>')
        look = {"title": '<w:b/><w:sz w:val="36"/>', "small": '<w:sz w:val="18"/>'}.get(
            para.style, "<w:b/>" if para.level else ""
        )
        runs = "".join(self._run(run, look) for run in self._visible_runs(para))
        return f"<w:p><w:pPr>{''.join(_ordered(properties))}</w:pPr>{runs}</w:p>"

    def _visible_runs(self, para: Para) -> tuple[Run, ...]:
        """The runs without the number that Word prints by itself."""
        if not para.number:
            return para.runs
        first = para.runs[0]
        return (Run("text", first.text[len(para.number) :].lstrip(" ")), *para.runs[1:])

    def _count(self, para: Para) -> None:
        """Count as Word counts, and hold the source to it."""
        index = para.level - 1
        self.counters[index] += 1
        self.counters[index + 1 :] = [0] * (3 - index)
        word = _chinese(self.counters[index])
        expected = (f"第{word}部分", f"{word}、", f"（{word}）", f"{self.counters[index]}.")[index]
        if expected != para.number:
            raise ValueError(f"{para.printed!r}: Word would print {expected}")

    def _run(self, run: Run, look: str) -> str:
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        text = f'<w:r>{properties}<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
        if run.kind == "text":
            return text
        if run.kind == "ins":
            return text if self.printed else f"<w:ins {self._author()}>{text}</w:ins>"
        if run.kind == "del":
            deleted = text.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            return "" if self.printed else f"<w:del {self._author()}>{deleted}</w:del>"
        if run.kind == "hidden":
            hidden = f'<w:t xml:space="preserve">{escape(run.text)}</w:t>'
            return "" if self.printed else f"<w:r><w:rPr><w:vanish/></w:rPr>{hidden}</w:r>"
        if run.kind == "note":
            self.notes.append(run.text)
            return (
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
            )
        if run.kind == "tc":
            return _field(f" TC {run.text} \\f A \\l 1 ", None)
        if run.kind == "chart":
            return _chart(run.text.split(";"))
        return _box(run.text)

    def _author(self) -> str:
        self.revision += 1
        return f'w:id="{900 + self.revision}" w:author="校对" w:date="2024-01-01T00:00:00Z"'

    def _contents(self, contents: Contents) -> str:
        """A contents list as the field Word keeps it in, unfolded over its paragraphs."""
        right = 9298 if self.orientation == "portrait" else 14230
        lines = []
        for index, (level, text, page) in enumerate(contents.entries):
            start = _field_start(' TOC \\o "1-3" \\h \\z \\u ') if index == 0 else ""
            end = _field_end() if index == len(contents.entries) - 1 else ""
            number = f"<w:r><w:tab/></w:r>{_field(f' PAGEREF _Toc{index} ', page)}" if page else ""
            lines.append(
                f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/><w:tabs><w:tab w:val="right" '
                f'w:leader="dot" w:pos="{right}"/></w:tabs></w:pPr>{start}'
                f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>{number}{end}</w:p>'
            )
        return "".join(lines)

    def _table(self, grid: Grid) -> str:
        total = 9298 if self.orientation == "portrait" else 14230
        unit = total / sum(grid.widths)
        widths = [round(unit * width) for width in grid.widths]
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(self._row(grid, row, widths) for row in range(grid.rows))
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
            '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" '
            'w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        )

    def _row(self, grid: Grid, row: int, widths: list[int]) -> str:
        header = row < grid.header
        repeat = "<w:tblHeader/>" if header and grid.repeat else ""
        cells = "".join(
            self._cell(grid, cell, begun, header, sum(widths[cell.column :][: cell.columns]))
            for cell, begun in grid.row_cells(row)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>"

    def _cell(self, grid: Grid, cell: Cell, begun: bool, header: bool, width: int) -> str:
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        merge = ""
        if cell.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if begun else "<w:vMerge/>"
        centred = header or cell.rows > 1 or "合" in cell.text[:2]
        number = cell.column > 0 and _NUMBER.fullmatch(cell.text)
        side = "center" if centred else "right" if number else "left"
        size = f'<w:sz w:val="{round(grid.size * 2)}"/>'
        paragraphs = "".join(
            f'<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="{side}"/>'
            f"</w:pPr>"
            + (
                f'<w:r><w:rPr>{size}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
                if text
                else ""
            )
            + "</w:p>"
            for text in (cell.text if begun else "").split("\n")
        )
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'
        )


#: The order that the schema asks of paragraph properties.
_ORDER = ("pStyle", "keepNext", "pageBreakBefore", "numPr", "tabs", "spacing", "ind", "jc")


def _ordered(properties: list[str]) -> list[str]:
    names = {text: re.match(r"<w:(\w+)", text) for text in properties}
    return sorted(properties, key=lambda text: _ORDER.index((names[text] or [""])[1]))


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    word = _DIGITS[ones - 1] if ones else ""
    if not tens:
        return word
    return ("" if tens == 1 else _DIGITS[tens - 1]) + "十" + word


def _field_start(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        f'{escape(code)}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def _field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def _field(code: str, result: str | None) -> str:
    """A complex field; one without a result (TC) prints nothing."""
    if result is None:
        start = _field_start(code).rpartition('<w:r><w:fldChar w:fldCharType="separate"')[0]
        return start + _field_end()
    return f"{_field_start(code)}<w:r><w:t>{escape(result)}</w:t></w:r>{_field_end()}"


def _chart(labels: list[str]) -> str:
    """The labels of a pie chart, each in a small box of its own as they float in a report."""
    step = 5_400_000 // len(labels)
    return "".join(
        _box(label, x=index * step, y=360_000 + index % 2 * 260_000, width=step, height=260_000)
        for index, label in enumerate(labels)
    )


def _box(
    text: str, *, x: int = 0, y: int = 360_000, width: int = 5_400_000, height: int = 700_000
) -> str:
    """A text box as Word writes it: a drawing, and the same once more for old readers."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent>"
    points = f"width:{width // 12_700}pt;height:{height // 12_700}pt"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset>'
        f'</wp:positionV><wp:extent cx="{width}" cy="{height}"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'
        f"</wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape style="{points}"><v:textbox>'
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
