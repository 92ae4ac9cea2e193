"""What the language tests share: anchors and passages of bare texts."""

from __future__ import annotations

from disclosure_parser.document import Anchor, Quote
from disclosure_parser.language.items import Item
from disclosure_parser.language.passage import Passage
from disclosure_parser.language.reading import read_items
from disclosure_parser.language.values import Amount


def anchor(text: str) -> Anchor:
    """The anchor of a text that is a whole paragraph."""
    return Anchor(block=0, start=0, end=len(text))


def items(text: str) -> tuple[Item, ...]:
    """The items of a paragraph."""
    return read_items(Passage.of(text, anchor(text)))


def item(text: str, name: str) -> Item:
    """The one item of that name."""
    found = [i for i in items(text) if i.name == name]
    assert len(found) == 1, [(i.name, money(i)) for i in items(text)]
    return found[0]


def money(of: Item) -> list[str]:
    """The amounts of an item, short: ``12.5万元``; a doubtful one ends with ``?``."""
    return [short(phased.amount) for phased in of.amounts]


def short(amount: Amount | None) -> str:
    """An amount, short: number and unit, ``?`` where doubted, the state where no number."""
    if amount is None:
        return ""
    number = amount.state.value if amount.number is None else str(amount.number)
    return f"{number}{amount.unit.value if amount.unit else ''}{'?' if amount.doubt else ''}"


def quotes(of: Item) -> list[Quote]:
    """Every quote of an item, and its values as quotes."""
    found = [of.label]
    found += [q for q in (of.counted, of.purpose, of.reason) if q is not None]
    for phased in of.amounts:
        found += [phased.label, Quote(text=phased.amount.text, anchor=phased.amount.anchor)]
    for share in of.shares:
        found += [Quote(text=share.value.text, anchor=share.value.anchor)]
        found += [share.of] if share.of is not None else []
    for completion in of.completions:
        found.append(Quote(text=completion.value.text, anchor=completion.value.anchor))
    for change in of.changes:
        found += [q for q in (change.base_text, change.reason) if q is not None]
        found += [
            Quote(text=value.text, anchor=value.anchor)
            for value in (change.amount, change.percent)
            if value is not None
        ]
    if of.quantity is not None:
        found.append(Quote(text=of.quantity.text, anchor=of.quantity.anchor))
    return found
