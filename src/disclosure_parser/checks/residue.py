"""Rules of residue 模板残留: what the author of the report forgot to fill in or to delete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Anchor, Paragraph, Role, Table

_PLACEHOLDER = re.compile(
    r"[XＸxｘ×*＊]{2,}\s*(?:年|月|日|局|委|单位|部门|项目|万元|元|%|％|家|个|人|辆|省|市|区|县)"
    r"|(?<![A-Za-z0-9])[XＸ×]\s*(?:万元|％|%)|20[XＸx×*]{2}年|[（(]\s*(?:单位|部门)名称\s*[)）]"
    r"|某某|○○|〇〇〇"
)
_BOTH = re.compile(
    r"(?:增加|增长|减少|下降|上升|降低)[（(/](?:增加|增长|减少|下降|上升|降低)[)）]?"
)
_DOUBLED = re.compile(r"。。+|，，+|；；+|、、+|：：+|[，、；][。；]|。[，、；]|,,+|，。")
_MISSING = re.compile(
    r"(?:预算|决算|支出|收入|经费|费|合计|总计|为|安排|增加|减少)(?:数)?(?:为|是)?[\s ]*"
    r"(?<![\d０-９.．])(?:万元|亿元)(?=[，。；、）)]|$)"
)
_EMPTY_REASON = re.compile(r"原因(?:主要)?(?:是|为|：|:)[。；，]")
_INSTRUCTION = re.compile(
    r"仍保留(?:该|本)表格|(?:如|若)(?:无|没有|不涉及)[^。，]{0,20}(?:，|,)?(?:请|须|需|应|可|则)?"
    r"(?:填|写|说明|删除|保留|注明)|作下述说明|[（(](?:填写|此处|请|注意|如有|没有的)[^（）()]{2,40}[)）]"
    r"|请(?:各|按|根据)[^。]{0,20}填(?:写|列|报)|(?:填写|填报)说明[：:]|(?:删除|保留)本(?:段|句|行)"
)


@rule("R01", "无占位符残留", "No placeholder is left", level=Level.WARNING)
def placeholders(subject: Subject, rule: Rule) -> Iterator[Result]:
    """占位符个数 = 0 (XX万元, 20XX年, XX局, （单位名称）): every place of the template is filled
    in.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _PLACEHOLDER)


@rule("R02", "增减方向二选一", "Only one direction is printed", level=Level.WARNING)
def both_directions(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增加（减少） ⇒ 二选一: the template's choice of two words was made.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _BOTH)


@rule("R03", "标点不重复", "Punctuation is not doubled", level=Level.NOTE)
def punctuation(subject: Subject, rule: Rule) -> Iterator[Result]:
    """重复标点 = 0 (。。, ，，, 、。): punctuation is not printed twice or left before another
    mark.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _DOUBLED)


@rule("R04", "金额数字不缺", "No number is missing before its unit", level=Level.WARNING)
def missing_numbers(subject: Subject, rule: Rule) -> Iterator[Result]:
    """金额单位 ⇒ 其前有数字 (支出万元 is wrong): a unit of money follows a number.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _MISSING)


@rule("R05", "原因不空缺", "Announced reasons are given", level=Level.WARNING)
def empty_reasons(subject: Subject, rule: Rule) -> Iterator[Result]:
    """原因是 ⇒ 其后有原因 (主要原因是。 is wrong): a reason that is announced is given.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _EMPTY_REASON)


@rule("R06", "无填写说明残留", "No instruction of the template is left", level=Level.WARNING)
def instructions(subject: Subject, rule: Rule) -> Iterator[Result]:
    """填写说明个数 = 0 (仍保留该表格式，并作下述说明): no instruction of the template is left.

    Source: the forms of 部门预决算公开 that reports are written into. Every template.
    """
    yield from _search(subject, rule, _INSTRUCTION)


def _search(subject: Subject, rule: Rule, pattern: re.Pattern[str]) -> Iterator[Result]:
    """A result for each paragraph or cell that prints a pattern, or one that none does."""
    found = False
    for anchor, text in _texts(subject):
        matches = list(pattern.finditer(text))
        if not matches:
            continue
        found = True
        start, end = matches[0].span()
        yield remark(
            rule,
            wrong=True,
            formula=rule.title,
            anchor=anchor.at(start, end),
            printed=text[max(0, start - 12) : end + 12].replace("\n", " "),
            message=say("times", count=len(matches)) if len(matches) > 1 else None,
        )
    if not found:
        yield remark(rule, wrong=False, formula=rule.title)


def _texts(subject: Subject) -> Iterator[tuple[Anchor, str]]:
    """The printed texts of the report: paragraphs and cells that are its content."""
    for index, block in enumerate(subject.report.document.blocks):
        if block.role is not Role.TEXT:
            continue
        if isinstance(block, Paragraph):
            yield Anchor(block=index, start=0, end=len(block.text)), block.text
        elif isinstance(block, Table):
            for cell in block.cells:
                if len(cell.text) > 3:
                    yield (
                        Anchor(
                            block=index,
                            start=0,
                            end=len(cell.text),
                            row=cell.row,
                            column=cell.column,
                        ),
                        cell.text,
                    )
