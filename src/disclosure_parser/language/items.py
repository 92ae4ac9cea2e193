"""Items: what a passage of prose says, one item per thing that has figures.

An item is a printed label with everything the text says of it: amounts by phase, changes with
base and reason, share, completion, count, use. 其中 and parentheses nest items. The reader works
on grammar alone; which budget concept a label names is decided by the catalogue.
"""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.values import (
    Amount,
    BaseKind,
    Change,
    Operator,
    Phase,
    Quantity,
)


@frozen(kw_only=True)
class PhasedAmount:
    """An amount of an item with its phase and year where the words give them.

    ``label`` is the phrase that names it (``支出决算``, ``2023年当年预算执行数``). ``base`` is set
    where the figure is that of the base of a change (较上年2.08万元减少…).
    """

    amount: Amount
    label: Quote
    phase: Phase | None = None
    year: int | None = None
    base: BaseKind | None = None


@frozen(kw_only=True)
class Share:
    """A share 占比 of a whole; ``of`` is the whole as printed, ``None`` where it is implied."""

    value: Quantity
    of: Quote | None = None


@frozen(kw_only=True)
class Completion:
    """A completion rate 完成率 against a budget figure of the same year."""

    value: Quantity
    base: BaseKind | None = None


@frozen(kw_only=True)
class Item:
    """One thing with figures. ``parent`` is the position of the item it is a part of.

    ``name`` is the label without years, phase words and connectives; ``within`` says that the
    item stands inside a printed ``reason`` or ``purpose``, where figures explain and do not
    state. ``counted`` is the noun printed after a count (共有4部车辆) and ``operator`` qualifies
    ``quantity`` (不少于10次).
    """

    label: Quote
    name: str
    anchor: Anchor
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
    parent: int | None = None
    within: str = ""

    @property
    def amount(self) -> Amount | None:
        """The item's own amount: the first that is not of an earlier year."""
        return self.amounts[0].amount if self.amounts else None

    def of_phase(self, *phases: Phase | None) -> PhasedAmount | None:
        """The first amount of one of the phases."""
        for phase in phases:
            for amount in self.amounts:
                if amount.phase is phase:
                    return amount
        return None
