"""What the records of all sections are made of."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.items import Completion, PhasedAmount, Share
from disclosure_parser.language.values import Amount, Change, Operator, Phase, Quantity


@frozen(kw_only=True)
class Record:
    """A section's record: base of all record classes.

    ``section`` is the id of the section it was read from (``""`` for the text before the first
    section) and ``found_by`` names the extractor and what led to it.
    """

    section: str
    found_by: str


@frozen(kw_only=True)
class Classification:
    """The place of a line in the budget classification 政府收支分类科目, as the report prints it.

    The names of class 类, group 款 and item 项 stand in the line's label or in the heading that it
    stands under (（一）公共安全支出（类）); ``code`` is the printed code of the innermost of them,
    put together where it is printed level by level. ``None`` is what is not printed.
    """

    class_name: Quote | None = None
    group_name: Quote | None = None
    item_name: Quote | None = None
    code: str = ""

    @property
    def names(self) -> tuple[Quote, ...]:
        """The printed names, outermost first."""
        levels = (self.class_name, self.group_name, self.item_name)
        return tuple(name for name in levels if name is not None)


@frozen(kw_only=True)
class Line:
    """A thing with figures, as the narrative prints it.

    ``concept`` is the catalogue's concept id (``""`` when unknown), ``label`` the printed words,
    ``name`` the folded label without year, phase and agency words, ``whole`` the concept or name
    of the thing it is a part of (其中) and ``whole_at`` where that thing's label is printed.
    ``classification`` is its place among the items of the budget classification, if it is one.
    ``within`` is ``reason`` or ``purpose`` where the figures stand inside an explanation.
    """

    concept: str
    label: Quote
    name: str
    whole: str = ""
    whole_at: Anchor | None = None
    classification: Classification | None = None
    year: int | None = None
    amounts: tuple[PhasedAmount, ...] = ()
    changes: tuple[Change, ...] = ()
    shares: tuple[Share, ...] = ()
    completions: tuple[Completion, ...] = ()
    quantity: Quantity | None = None
    counted: Quote | None = None
    operator: Operator | None = None
    purpose: Quote | None = None
    reason: Quote | None = None
    within: str = ""

    @property
    def amount(self) -> Amount | None:
        """The amount of the report's own year: the executed one, else the first printed."""
        own = [a for a in self.amounts if a.year is None or a.year == self.year] or self.amounts
        for phased in own:
            if phased.phase is Phase.EXECUTED:
                return phased.amount
        return own[0].amount if own else None

    @property
    def change(self) -> Change | None:
        """The first change against an earlier year, else the first change."""
        for change in self.changes:
            if change.base is not None and change.base.value.startswith("prior"):
                return change
        return self.changes[0] if self.changes else None

    @property
    def explanation(self) -> Quote | None:
        """The printed reason, of the change or of the thing itself."""
        change = self.change
        return change.reason if change is not None and change.reason is not None else self.reason


@frozen(kw_only=True)
class TextItem:
    """A numbered paragraph of a list: its mark as printed, its text, paragraphs that go on.

    ``level`` is the nesting in the list (0 is the outermost). ``heading`` is the title of the
    group it stands under, if any.
    """

    number: str
    text: Quote
    ordinal: int | None = None
    level: int = 0
    heading: Quote | None = None
    more: tuple[Quote, ...] = ()
