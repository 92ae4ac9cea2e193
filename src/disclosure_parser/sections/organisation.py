"""Organisation 机构设置: the units of the agency, from a table, a list or sentences."""

from __future__ import annotations

from attrs import frozen

from disclosure_parser.document import Quote
from disclosure_parser.outline.model import Section, TableView
from disclosure_parser.sections.base import ByKind
from disclosure_parser.sections.context import Context
from disclosure_parser.sections.model import Line, Record, TextItem
from disclosure_parser.sections.rows import cell_quote, filled_rows, find_column


@frozen(kw_only=True)
class UnitRow:
    """A budget unit 预算单位 in a table of units; what is not printed is ``None``."""

    name: Quote
    nature: Quote | None = None
    rank: Quote | None = None
    funding: Quote | None = None
    remark: Quote | None = None


@frozen(kw_only=True)
class Organisation(Record):
    """The agency's organisation 机构设置及预算单位构成.

    ``units`` come from tables, ``listed`` are numbered paragraphs (internal departments and
    subordinate units), ``statements`` the sentences around them, ``lines`` their figures
    (counts of units, posts 编制).
    """

    units: tuple[UnitRow, ...] = ()
    listed: tuple[TextItem, ...] = ()
    statements: tuple[Quote, ...] = ()
    lines: tuple[Line, ...] = ()


@frozen(kw_only=True)
class OrganisationExtractor(ByKind):
    """Reads sections of kind ``organisation`` and ``staff``."""

    record: type[Record] = Organisation

    def extract(self, sections: tuple[Section, ...], context: Context) -> Record:
        statements, listed = context.text_items(sections)
        units: list[UnitRow] = []
        for section in sections:
            for view in context.tables(section):
                units.extend(_units(view, context))
        return Organisation(
            section=sections[0].id,
            found_by=self.found_by(sections[0]),
            units=tuple(units),
            listed=tuple(listed),
            statements=tuple(statements),
            lines=tuple(context.lines(sections)),
        )


def _units(view: TableView, context: Context) -> list[UnitRow]:
    name = find_column(
        view, r"(?:单位|机构|部门|处室)(?:全称|名称)?$|名称$", exclude=r"性质|规格|类型|编码"
    )
    if name is None:
        return []
    grid = context.grid(view.block)
    nature = find_column(view, r"性质|类别")
    rank = find_column(view, r"规格|级别|行政级")
    funding = find_column(view, r"经费|保障|供给")
    remark = find_column(view, r"备注|说明")
    units = []
    for row in filled_rows(view, grid):
        label = cell_quote(view, grid, row, name)
        if label is None:
            continue
        units.append(
            UnitRow(
                name=label,
                nature=cell_quote(view, grid, row, nature),
                rank=cell_quote(view, grid, row, rank),
                funding=cell_quote(view, grid, row, funding),
                remark=cell_quote(view, grid, row, remark),
            )
        )
    return units


ORGANISATION = OrganisationExtractor(
    name="organisation", kinds=frozenset({"organisation", "staff"}), absorbs=frozenset({"staff"})
)
