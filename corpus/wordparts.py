"""The fixed parts of the Word files: packaging, styles, list definitions, footers."""

from __future__ import annotations

from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

#: Part name, relationship and content type of the optional parts, in order of their ids.
PARTS = {
    "styles": ("styles", "styles"),
    "settings": ("settings", "settings"),
    "footer1": ("footer", "footer"),
    "numbering": ("numbering", "numbering"),
    "footnotes": ("footnotes", "footnotes"),
}


def content_types(parts: list[str]) -> str:
    """``[Content_Types].xml`` for a document with these parts."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{PARTS[name][1]}+xml"/>'
        for name in parts
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f"{overrides}</Types>"
    )


def package_relationships() -> str:
    """``_rels/.rels``."""
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )


def document_relationships(parts: list[str]) -> str:
    """``word/_rels/document.xml.rels``; a part's id is ``rId`` and its name."""
    entries = "".join(
        f'<Relationship Id="rId{name}" Type="{_OFFICE}/{PARTS[name][0]}" Target="{name}.xml"/>'
        for name in parts
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def settings() -> str:
    """``settings.xml``: no update of fields on opening."""
    return f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/></w:settings>'


def styles(font: str) -> str:
    """``styles.xml``: body text, four headings, three contents levels."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}">'
        f'<w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in ((1, 32), (2, 28), (3, 26), (4, 24))
    )
    contents = "".join(
        f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="{(level - 1) * 420}"/></w:pPr></w:style>'
        for level in (1, 2, 3)
    )
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}'
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:line="360" w:lineRule="auto"/></w:pPr></w:style>'
        f"{headings}{contents}</w:styles>"
    )


def numbering() -> str:
    """``numbering.xml``: one list of 第一部分, 一、, （一）, 1. for the headings."""
    levels = (
        ("chineseCounting", "第%1部分", "space"),
        ("chineseCounting", "%2、", "nothing"),
        ("chineseCounting", "（%3）", "nothing"),
        ("decimal", "%4.", "nothing"),
    )
    body = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for index, (form, text, suffix) in enumerate(levels)
    )
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        f'<w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def footer(pattern: str) -> str:
    """``footer1.xml``: the page number, where ``#`` stands in the pattern."""
    before, _, after = pattern.partition("#")
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{escape(before)}</w:t>'
        '</w:r><w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t>'
        '</w:r></w:fldSimple><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(after)}</w:t></w:r></w:p></w:ftr>'
    )


def footnotes(texts: list[str]) -> str:
    """``footnotes.xml``: the two separators that Word wants, then the notes from number 1."""
    separators = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>'
        '</w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for number, text in enumerate(texts, start=1)
    )
    return f'{DECLARATION}<w:footnotes xmlns:w="{W}">{separators}{notes}</w:footnotes>'
