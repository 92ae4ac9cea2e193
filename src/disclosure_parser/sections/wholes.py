"""Wholes of paragraphs: which paragraph the figures of the following ones are parts of."""

from __future__ import annotations

import re

from attrs import define, field

from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.sections.model import Line

_OPENERS = (":", "其中:", "包括:", "如下:")
#: What consists of funds: a list one level below gives them.
_OF_FUNDS = {"revenue.fiscal_appropriation", "revenue.current", "expenditure.current"}


#: A thing and its amount, and no more: what is numbered one level below is a part of it.
_BARE = re.compile(r"(?:[^,;。:]|(?<=\d),(?=\d)){2,60}\d[万亿]?元[。;]?")
#: Marks that stand under one another in this order, where a report keeps to it.
_ORDER = (
    MarkFamily.CHINESE,
    MarkFamily.CHINESE_BRACKETED,
    MarkFamily.ARABIC,
    MarkFamily.ARABIC_BRACKETED,
    MarkFamily.CIRCLED,
)


@define
class Wholes:
    """Paragraphs whose figure the following ones are parts of.

    Those that end with a colon (收入总计…。包括：), and those that are nothing but a thing and its
    amount (（一）人员经费9万元 / 1．工资福利支出（类）8万元 / （1）基本工资（款）…).
    """

    #: The wholes of marked paragraphs, with the family of their own mark.
    _opened: list[tuple[MarkFamily | None, Line]] = field(factory=list)
    #: The whole of an unmarked list (支出合计…，其中： / 基本支出…； / 项目支出…。).
    _listed: Line | None = None
    #: The bare paragraph just before.
    _bare: Line | None = None

    def of(self, family: MarkFamily | None) -> Line | None:
        """The whole that a paragraph with a mark of ``family`` (or none) is a part of."""
        if family is None:
            return self._listed or self._bare
        self._listed = None
        for place, (other, _) in enumerate(self._opened):
            if other is family or _stands_above(family, other):
                del self._opened[place:]
                break
        return self._opened[-1][1] if self._opened else None

    def read(self, family: MarkFamily | None, text: str, lines: list[Line]) -> None:
        """Take note of a paragraph and its lines."""
        self._bare = None
        # An item 项 is the innermost level: it has no parts.
        alone = len(lines) == 1 and not lines[0].concept.endswith("_item")
        bare = alone and bool(lines[0].amounts) and _BARE.fullmatch(text) is not None
        if lines and text.endswith(_OPENERS):
            outermost = [line for line in lines if not line.whole and not line.within]
            if len({line.concept or line.name for line in outermost}) > 1:
                # Several things side by side (出国…；用车…；接待…。具体如下：): no whole of a list.
                self._listed = None
                return
            whole = outermost[0] if outermost else lines[0]
            self._opened.append((family, whole))
            self._listed = whole
        elif family is not None and lines and (bare or lines[0].concept in _OF_FUNDS):
            # ``1．财政拨款收入9万元。（1）一般公共预算8万元。（2）政府性基金1万元。``
            self._opened.append((family, lines[0]))
            self._bare = lines[0] if bare else None
        elif bare and lines[0].classification is not None and self._listed is None:
            # （二）公用经费9万元 / 商品和服务支出（类）9万元 / （1）办公费（款）…
            self._opened.append((None, lines[0]))
        elif self._listed is not None and not text.endswith((";", ",")):
            group = self._listed.concept.partition(".")[0]
            if not group or not all(x.concept.startswith(group) for x in lines[:1]):
                self._listed = None


def _stands_above(family: MarkFamily, other: MarkFamily | None) -> bool:
    """Whether a mark of ``family`` stands above one of the ``other`` by the usual order."""
    return other in _ORDER and family in _ORDER and _ORDER.index(family) < _ORDER.index(other)
