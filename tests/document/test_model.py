"""The document: anchors lead to characters, fragments to places."""

from __future__ import annotations

import pytest

from disclosure_parser.document import (
    Anchor,
    Cell,
    Document,
    Fragment,
    Paragraph,
    Place,
    Role,
    Source,
    Table,
)

SOURCE = Source(name="own", format="text", sha256="0" * 64, size=1)


def _document() -> Document:
    paragraph = Paragraph(
        text="本年收入合计1,234.56万元",
        fragments=(
            Fragment(start=0, end=6, place=Place(line=3, offset=0)),
            Fragment(start=6, end=16, place=Place(line=4, offset=2)),
        ),
    )
    table = Table(
        cells=(
            Cell(row=0, column=0, text="项目", row_span=2),
            Cell(row=0, column=1, text="金额"),
            Cell(
                row=1,
                column=1,
                text="12.5",
                fragments=(Fragment(start=0, end=4, place=Place(page=2)),),
            ),
        ),
        rows=2,
        columns=2,
    )
    furniture = Paragraph(text="第3页", role=Role.FURNITURE)
    return Document(source=SOURCE, blocks=(paragraph, table, furniture))


def test_text_of_a_paragraph_and_of_a_cell() -> None:
    document = _document()
    assert document.text_of(Anchor(block=0, start=6, end=14)) == "1,234.56"
    assert document.text_of(Anchor(block=1, row=1, column=1, start=0, end=4)) == "12.5"


def test_an_anchor_of_a_covered_position_is_refused() -> None:
    with pytest.raises(LookupError):
        _document().text_of(Anchor(block=1, row=1, column=0, start=0, end=1))
    with pytest.raises(LookupError):
        _document().text_of(Anchor(block=9, start=0, end=1))
    with pytest.raises(LookupError):
        _document().text_of(Anchor(block=1, start=0, end=1))


def test_places_are_those_the_interval_touches() -> None:
    document = _document()
    lines = [place.line for place in document.places(Anchor(block=0, start=4, end=8))]
    assert lines == [3, 4]
    assert [p.line for p in document.places(Anchor(block=0, start=0, end=6))] == [3]
    assert [p.line for p in document.places(Anchor(block=0, start=6, end=6))] == [4]
    cell = Anchor(block=1, row=1, column=1, start=0, end=4)
    assert document.places(cell) == (Place(page=2),)
    bare = Anchor(block=1, row=0, column=1, start=0, end=2)
    assert document.places(bare) == ()


def test_paragraphs_and_tables_by_role() -> None:
    document = _document()
    assert [index for index, _ in document.paragraphs()] == [0]
    assert [index for index, _ in document.paragraphs(Role.FURNITURE)] == [2]
    assert [index for index, _ in document.tables()] == [1]


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Place(page=2), "p. 2"),
        (Place(line=7, offset=0), "line 7"),
        (Place(part="document", item=4), "document, item 4"),
        (Place(), "?"),
    ],
)
def test_a_place_prints_what_it_knows(place: Place, printed: str) -> None:
    assert str(place) == printed


def test_at_keeps_the_holder() -> None:
    anchor = Anchor(block=3, row=1, column=2, start=0, end=9)
    assert anchor.at(2, 4) == Anchor(block=3, row=1, column=2, start=2, end=4)
