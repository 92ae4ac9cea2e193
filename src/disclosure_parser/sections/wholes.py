"""Wholes of paragraphs: which paragraph the figures of the following ones are parts of."""

from __future__ import annotations

from attrs import define, field

from disclosure_parser.language.numbering import MarkFamily
from disclosure_parser.sections.model import Line

_OPENERS = (":", "其中:", "包括:", "如下:")
#: What consists of funds: a list one level below gives them.
_OF_FUNDS = {"revenue.fiscal_appropriation", "revenue.current", "expenditure.current"}


@define
class Wholes:
    """Paragraphs that end with a colon (收入总计…。包括：) are wholes of those that follow."""

    #: The wholes of marked paragraphs, with the family of their own mark.
    _opened: list[tuple[MarkFamily | None, Line]] = field(factory=list)
    #: The whole of an unmarked list (支出合计…，其中： / 基本支出…； / 项目支出…。).
    _listed: Line | None = None

    def of(self, family: MarkFamily | None) -> Line | None:
        """The whole that a paragraph with a mark of ``family`` (or none) is a part of."""
        if family is None:
            return self._listed
        self._listed = None
        families = [entry[0] for entry in self._opened]
        if family in families:
            del self._opened[families.index(family) :]
        return self._opened[-1][1] if self._opened else None

    def read(self, family: MarkFamily | None, text: str, lines: list[Line]) -> None:
        """Take note of a paragraph and its lines."""
        if lines and text.endswith(_OPENERS):
            outermost = [line for line in lines if not line.whole and not line.within]
            if len({line.concept or line.name for line in outermost}) > 1:
                # Several things side by side (出国…；用车…；接待…。具体如下：): no whole of a list.
                self._listed = None
                return
            whole = outermost[0] if outermost else lines[0]
            self._opened.append((family, whole))
            self._listed = whole
        elif family is not None and lines and lines[0].concept in _OF_FUNDS:
            # ``1．财政拨款收入9万元。（1）一般公共预算8万元。（2）政府性基金1万元。``
            self._opened.append((family, lines[0]))
        elif self._listed is not None and not text.endswith((";", ",")):
            group = self._listed.concept.partition(".")[0]
            if not group or not all(x.concept.startswith(group) for x in lines[:1]):
                self._listed = None
