"""Rules within the narrative 文字内部原因: what a reason says of the change that it explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure_parser.checks.messages import say
from disclosure_parser.checks.model import Level, Result
from disclosure_parser.checks.registry import Rule, rule
from disclosure_parser.checks.results import remark
from disclosure_parser.checks.subject import Subject
from disclosure_parser.document import Paragraph
from disclosure_parser.language.values import Direction

#: The words of a reason that say which way the change went: 下降的主要原因是.
_WAY = re.compile(
    r"(?P<more>增加|增长|上升|提高)?(?P<less>减少|下降|降低)?(?:较[大多])?的?(?:主要)?原因"
)


@rule(
    "N25",
    "原因所述增减方向与增减一致",
    "A reason speaks of the way that the change went",
    level=Level.WARNING,
)
def ways(subject: Subject, rule: Rule) -> Iterator[Result]:
    """增减方向 = 原因所述方向: 比上年增加1万元…，下降的主要原因是… contradicts itself.

    Source: the meaning of the words. Every template.
    """
    for node in subject.nodes:
        for change in node.line.changes:
            moved = change.direction in {Direction.INCREASE, Direction.DECREASE}
            block = subject.report.document.blocks[change.anchor.block]
            if change.reason is None or not moved or not isinstance(block, Paragraph):
                continue
            start, end = change.anchor.end, change.reason.anchor.start
            if change.reason.anchor.block != change.anchor.block or end <= start:
                continue
            said = [m for m in _WAY.finditer(block.text, start, end) if m["more"] or m["less"]]
            if not said or (said[-1]["more"] and said[-1]["less"]):
                continue
            up = said[-1]["more"] is not None
            yield remark(
                rule,
                wrong=up is not (change.direction is Direction.INCREASE),
                formula=f"{node.name}: “{said[-1].group()}”",
                anchor=change.reason.anchor,
                printed=said[-1].group(),
                message=say("other_way"),
                section=node.section,
            )
