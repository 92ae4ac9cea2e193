"""Items in the making, and the state of a passage while it is read."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import define, evolve, field

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.clauses import Clauses
from disclosure_parser.language.items import Completion, Item, PhasedAmount, Share
from disclosure_parser.language.mentions import Mention, MentionKind, scan
from disclosure_parser.language.naming import Name, label_within, read_name, same_thing
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.phrases import Base
from disclosure_parser.language.values import (
    Amount,
    Change,
    Direction,
    Operator,
    Quantity,
    UnitOrigin,
    ValueState,
    in_yuan,
)

_ABOUT = re.compile(r"(?:[约近超逾](?:[为有]|达到?)?|大概|不足|将近|接近|超过|突破|多达)$")
_OR_SO = re.compile(r"(?:左右|上下)")
#: Words that make the figures of their sentence those of several years.
_SEVERAL_YEARS = re.compile(
    r"(?:十[一二三四五六]五[\"”]?(?:期间|时期|以来)|近[两二三四五六七八九十]年|[三五十]年来"
    r"|(?:成立|建[校院馆所站])以来)(?![^。]*20\d\d年)"
)
_RANGE = re.compile(r"(?P<lower>\d+(?:\.\d+)?)\D+?(?P<upper>\d+(?:\.\d+)?)(?!\d)")
_CONTAINS = re.compile(r"^(?P<whole>[^,。;]{2,30}?)(?:包括|包含|由)(?P<part>.+)$")


@define
class Draft:
    """An item in the making."""

    label: tuple[int, int]
    name: str
    end: int
    year: int | None
    parent: int | None
    within: str
    amounts: list[PhasedAmount] = field(factory=list)
    changes: list[Change] = field(factory=list)
    shares: list[Share] = field(factory=list)
    completions: list[Completion] = field(factory=list)
    quantity: Quantity | None = None
    counted: Quote | None = None
    operator: Operator | None = None
    purpose: Quote | None = None
    reason: Quote | None = None

    @property
    def yuan(self) -> Decimal | None:
        """The amount of the item itself in 元, not one that it is compared with."""
        return next((a.amount.yuan for a in self.amounts if a.base is None), None)

    @property
    def size(self) -> tuple[str, Decimal] | None:
        """The amount of the item in 元, or how many it counts, with the unit."""
        if self.yuan is not None:
            return "元", self.yuan
        counted = self.quantity
        if counted is None or counted.number is None or self.amounts:
            return None
        return counted.unit, counted.number


@define
class Scope:
    """Where items are being added: a passage, or a parenthesised group in it."""

    parent: int | None
    within: str
    current: int | None = None
    #: Wholes that 其中 opened in the running sentence, innermost last.
    wholes: list[int] = field(factory=list)
    #: The last item of the outermost level: what 其中 refers to after a full stop.
    outer: int | None = None
    #: How many explanations the scope stands in.
    depth: int = 0
    base: Base | None = None
    #: The last base of an earlier year, which goes on to hold for changes that name none.
    last_base: Base | None = None
    #: The year that a clause told (``2031年，``); a later sentence may go on from it.
    year: int | None = None
    #: The year of the running sentence's first item, where it is later than ``year``: after a
    #: stock of last year's end, ``2031年安排A 1辆，B 2台`` is all of 2031.
    sentence_year: int | None = None
    #: The items that the sentence's last list of changes or shares was of.
    respective: list[Draft] = field(factory=list)
    #: Whether a semicolon stands before the running segment.
    after_semicolon: bool = False
    #: The base that a clause of its own names for the whole sentence (与上年相比，…).
    opening_base: Base | None = None
    #: The whole between whose parts a semicolon has stood.
    parted: int | None = None
    #: How many of the wholes a colon after their figure opened.
    listed: int = 0
    #: Whether the only whole is one that a clause named (``在本年支出中，``): up to a semicolon.
    named_whole: bool = False
    #: That whole, and the first of the items behind its name in the running sentence.
    named: tuple[int, int] | None = None
    #: The clauses without figures since the last figure or sentence end: ``A（205），``.
    lead: tuple[int, int] | None = None


def _doubt_increase(draft: Draft) -> None:
    """Doubt an increase larger than the amount it led to: it may be another item's."""
    own = draft.yuan
    for index, change in enumerate(draft.changes):
        grown = change.amount.yuan if change.amount is not None else None
        if (
            own is not None
            and grown is not None
            and change.direction is Direction.INCREASE
            and grown > own
        ):
            doubt = change.doubt or "an increase larger than the amount"
            draft.changes[index] = evolve(change, doubt=doubt)


class Workspace:
    """A passage with its clauses and the items found so far."""

    def __init__(self, passage: Passage, topic: str = "", *, is_thing: bool = True) -> None:
        self.passage = passage
        self.text = passage.text
        self.clauses = Clauses(self.text, scan(self.text))
        self.drafts: list[Draft] = []
        self.topic = topic
        self.thing = topic if is_thing else ""
        #: A sentence without figures that names what the next figures are about.
        self.heading: tuple[int, int] | None = None
        #: The short sentence that a passage begins with (``1、公务接待费。预算2万元``): it names
        #: figures whose own words name nothing.
        self.title: tuple[int, int] | None = None
        #: What makes the figures of the running clause doubtful, if anything does.
        self.doubt: str | None = None

    def items(self) -> tuple[Item, ...]:
        """The items, finished."""
        for draft in self.drafts:
            _doubt_increase(draft)
        return tuple(self._freeze(draft) for draft in self.drafts)

    def _freeze(self, draft: Draft) -> Item:
        start, end = draft.label
        return Item(
            label=self.passage.quote(start, end),
            name=draft.name,
            anchor=self.passage.anchor(start, max(end, draft.end)),
            year=draft.year,
            amounts=tuple(draft.amounts),
            changes=tuple(draft.changes),
            shares=tuple(draft.shares),
            completions=tuple(draft.completions),
            quantity=draft.quantity,
            counted=draft.counted,
            operator=draft.operator,
            purpose=draft.purpose,
            reason=draft.reason,
            parent=draft.parent,
            within=draft.within,
        )

    def name(self, start: int, end: int) -> Name:
        """The name of a label interval."""
        return read_name(self.text, start, end)

    def label(self, start: int, end: int) -> tuple[int, int]:
        """The label in a clause interval."""
        return label_within(self.text, start, end)

    def has_name(self, start: int, end: int) -> bool:
        """Whether an interval holds words that could name something."""
        start, end = self.label(start, end)
        return sum(character.isalpha() for character in self.text[start:end]) >= 2

    def current(self, scope: Scope) -> Draft | None:
        """The item that a figure without a name of its own speaks of."""
        if scope.current is not None:
            return self.drafts[scope.current]
        if self.heading is not None:
            start, end = self.heading
            self.heading = None
            return self.new(start, end, scope)
        return self.drafts[scope.parent] if scope.parent is not None and not scope.within else None

    def titled(self, scope: Scope) -> Draft | None:
        """The item of the title, for a figure that nothing else names; ``None`` without one."""
        if self.title is None or scope.within:
            return None
        start, end = self.title
        self.title = None
        return self.new(start, end, scope)

    def named(self, name: str, scope: Scope) -> Draft | None:
        """The last item of that name in the same context (statement, reason, use)."""
        for draft in reversed(self.drafts):
            if draft.within == scope.within and same_thing(name, draft.name):
                return draft
        return None

    def open_whole(self, start: int, end: int, scope: Scope) -> bool:
        """Make the item of that name the whole that the next items are parts of."""
        name = self.name(start, end).text
        for position in range(len(self.drafts) - 1, -1, -1):
            if same_thing(name, self.drafts[position].name):
                scope.wholes.append(position)
                return True
        return False

    def _leave_others(self, scope: Scope) -> None:
        """End the wholes that the one just opened is no part of (基本支出包括…；项目支出包括…)."""
        opened = scope.wholes.pop()
        while scope.wholes and self.drafts[opened].parent != scope.wholes[-1]:
            scope.wholes.pop()
        scope.listed = min(scope.listed, len(scope.wholes))
        scope.wholes.append(opened)

    def new(self, start: int, end: int, scope: Scope) -> Draft:
        """A new item, labelled by an interval; it becomes the current one."""
        start, end = self.label(start, end)
        contains = _CONTAINS.match(self.text[start:end])
        if contains:
            whole = start + contains.start("whole"), start + contains.end("whole")
            if self.open_whole(*whole, scope):
                start += contains.start("part")
                self._leave_others(scope)
        name = self.name(start, end)
        if name.year is not None and scope.year is not None and name.year > scope.year:
            scope.sentence_year = scope.sentence_year or name.year
        draft = Draft(
            label=(start, end),
            # ``2023年预算数为9万元`` under the heading of an item: the heading names it.
            name=self.thing if self.thing and name.generic and end > start else name.text,
            end=end,
            year=name.year or scope.sentence_year or scope.year,
            parent=scope.wholes[-1] if scope.wholes else scope.parent,
            within=scope.within,
        )
        self.drafts.append(draft)
        scope.current = len(self.drafts) - 1
        if not scope.wholes:
            scope.outer = scope.current
        return draft

    def add_change(
        self,
        draft: Draft,
        interval: tuple[int, int],
        direction: Direction | None,
        base: Base | None,
        mention: Mention | None = None,
    ) -> None:
        amount = percent = None
        last = draft.changes[-1] if draft.changes else None
        if mention is not None and mention.kind is MentionKind.PERCENT:
            percent = self.as_quantity(mention)
        elif (
            mention is not None
            and mention.kind is MentionKind.BARE
            and last is not None
            and last.amount is not None
            and last.percent is None
        ):
            # ``增加1193.20万元，增长13.95``: the sign is lost.
            percent = evolve(self.as_quantity(mention), doubt="no % printed")
        elif mention is not None:
            amount = self.as_amount(mention)
        draft.end = max(draft.end, interval[1])
        if (
            last is not None
            and percent is not None
            and last.percent is None
            and last.reason is None
            and (last.direction is direction or last.amount is not None)
            and (base is None or last.base is None or last.base is base.kind)
        ):
            doubt = (
                None if last.direction is direction else "amount and percentage differ in direction"
            )
            draft.changes[-1] = evolve(
                last,
                anchor=last.anchor.at(last.anchor.start, percent.anchor.end),
                percent=percent,
                doubt=last.doubt or doubt,
            )
            return
        inherits = base is None and draft.parent is not None and not draft.within
        if inherits and draft.parent is not None and self.drafts[draft.parent].changes:
            # ``较上年增加9万元，其中：A增加5万元``: the parts change against the same base.
            whole = self.drafts[draft.parent].changes[0]
            base_kind, base_year, base_text = whole.base, whole.base_year, whole.base_text
        else:
            base_kind, base_year = (base.kind, base.year) if base else (None, None)
            base_text = self.passage.quote(base.start, base.end) if base else None
        doubt = None
        if amount is not None and base_kind is None and not draft.amounts and not draft.changes:
            doubt = "no base printed: a change, or an amount of a thing whose name ends so"
        draft.changes.append(
            Change(
                doubt=doubt,
                direction=direction,
                anchor=self.anchor(*interval),
                amount=amount,
                percent=percent,
                base=base_kind,
                base_year=base_year,
                base_text=base_text,
            )
        )

    def anchor(self, start: int, end: int) -> Anchor:
        while start < end and self.text[start] in " ,、;:。":
            start += 1
        return self.passage.anchor(start, end)

    def as_amount(self, mention: Mention) -> Amount:
        quote = self.passage.quote(mention.start, mention.end)
        if mention.kind is MentionKind.MISSING:
            state = ValueState.TEXT if mention.doubt == "placeholder" else ValueState.BLANK
            return Amount(
                state=state,
                text=quote.text,
                anchor=quote.anchor,
                unit=mention.unit,
                doubt=mention.doubt,
            )
        unit, origin, doubt = mention.unit, None, self._doubt(mention)
        if unit is not None:
            origin = UnitOrigin.BESIDE if mention.unit_text else UnitOrigin.SENTENCE
        yuan = in_yuan(mention.number, unit)
        if unit is None and mention.number is not None:
            if mention.number == 0:
                yuan = Decimal(0)
            else:
                doubt = doubt or "no unit printed"
        state = ValueState.NUMBER if mention.number is not None else ValueState.TEXT
        return Amount(
            state=state,
            text=quote.text,
            anchor=quote.anchor,
            number=mention.number,
            unit=unit,
            unit_origin=origin,
            yuan=yuan,
            doubt=doubt,
        )

    def as_quantity(self, mention: Mention) -> Quantity:
        quote = self.passage.quote(mention.start, mention.end)
        number, upper, doubt = mention.number, None, self._doubt(mention)
        ends = _RANGE.match(self.text, mention.start, mention.end) if doubt == "range" else None
        if ends is not None:
            number, upper, doubt = Decimal(ends["lower"]), Decimal(ends["upper"]), None
        state = ValueState.NUMBER
        if number is None:
            state = ValueState.DASH if quote.text[:1] in "-—–－" else ValueState.TEXT
        return Quantity(
            state=state,
            text=quote.text,
            anchor=quote.anchor,
            number=number,
            upper=upper,
            unit=mention.unit_text,
            doubt=doubt,
        )

    def _doubt(self, mention: Mention) -> str | None:
        about = _ABOUT.search(self.text, max(0, mention.start - 4), mention.start)
        about = about or _OR_SO.match(self.text, mention.end)
        doubt = mention.doubt or self.doubt or ("approximate" if about else None)
        return doubt or ("of several years" if self._of_several_years(mention) else None)

    def _of_several_years(self, mention: Mention) -> bool:
        if not any(word in self.text for word in ("五", "年来", "以来", "近")):
            return False
        sentence = self.text.rfind("。", 0, mention.start) + 1
        return _SEVERAL_YEARS.search(self.text, sentence, mention.start) is not None
