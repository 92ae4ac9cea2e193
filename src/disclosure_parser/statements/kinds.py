"""The classes of statements, one for each statutory table."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from disclosure_parser.language.values import Amount, Phase
from disclosure_parser.sections.indicators import IndicatorTable
from disclosure_parser.sections.procurement import ProcurementTable
from disclosure_parser.statements.model import Flow, Row, RowRole, Statement


@frozen(kw_only=True)
class TwoSided(Statement):
    """A statement with a side of revenue and one or more of expenditure."""

    def side(self, flow: Flow) -> tuple[Row, ...]:
        """The rows of the lanes of a side."""
        lanes = {lane.index for lane in self.lanes if lane.flow is flow}
        return tuple(row for row in self.rows if row.lane in lanes)

    @property
    def revenue(self) -> tuple[Row, ...]:
        """收入."""
        return self.side(Flow.REVENUE)

    @property
    def expenditure(self) -> tuple[Row, ...]:
        """支出, by all classifications printed."""
        return self.side(Flow.EXPENDITURE)


@frozen(kw_only=True)
class RevenueExpenditureSummary(TwoSided):
    """收支总表; final accounts 收入支出决算总表 (公开01表)."""


@frozen(kw_only=True)
class FiscalAppropriationSummary(TwoSided):
    """财政拨款收支总表; final accounts 财政拨款收入支出决算总表 (公开04表)."""


@frozen(kw_only=True)
class RevenueStatement(Statement):
    """收入总表; final accounts 收入决算表 (公开02表)."""


@frozen(kw_only=True)
class ExpenditureStatement(Statement):
    """支出总表; final accounts 支出决算表 (公开03表)."""


@frozen(kw_only=True)
class FiscalAppropriationExpenditure(Statement):
    """财政拨款支出表 by function, over all funds; the central form's fourth table."""


@frozen(kw_only=True)
class GeneralBudgetExpenditure(Statement):
    """一般公共预算支出表 by function; final accounts 公开05表."""


@frozen(kw_only=True)
class BasicExpenditure(Statement):
    """基本支出表 by economic classification; final accounts 公开06表."""


@frozen(kw_only=True)
class OperatingFundsStatement(Statement):
    """机关运行经费支出表."""


@frozen(kw_only=True)
class GovernmentFundStatement(Statement):
    """政府性基金预算(收入)支出表; final accounts 公开08表."""


@frozen(kw_only=True)
class StateCapitalStatement(Statement):
    """国有资本经营预算(收入)支出表; final accounts 公开09表."""


@frozen(kw_only=True)
class ThreePublicStatement(Statement):
    """“三公”经费支出表, often with 会议费, 培训费 or 机关运行经费; final accounts 公开07表.

    The things stand in the columns (one row of values) or in the rows; :meth:`figures` and
    :meth:`get` read both.
    """

    def figures(self) -> Iterator[tuple[str, Phase | None, int | None, Amount]]:
        """Concept id, phase, year and amount of each printed figure of a known concept."""
        meanings = {column.meaning for column in self.columns}
        totals = [row for row in self.rows if row.role is RowRole.TOTAL]
        by_column = any(meaning.startswith("three_public.") for meaning in meanings)
        for row in totals if by_column and totals else self.rows:
            for value in row.values:
                column = self.column(value.column)
                if column is None or value.amount is None:
                    continue
                concept = column.meaning if "." in column.meaning else ""
                if column.meaning == "total":
                    concept = row.concept
                if concept:
                    yield (
                        concept,
                        column.phase or self.phase,
                        column.year or self.year,
                        value.amount,
                    )

    def get(self, concept: str, phase: Phase | None = None) -> Amount | None:
        """The amount of a concept (``three_public.overseas``) in the report's year.

        Without a phase that of the statement (决算 for final accounts), else the first printed.
        """
        found = [f for f in self.figures() if f[0] == concept and f[2] == self.year]
        for _, printed, _, amount in found:
            if printed is (phase or self.phase):
                return amount
        return found[0][3] if found and phase is None else None


@frozen(kw_only=True)
class ProcurementStatement(Statement):
    """政府采购预算表; ``table`` are its items with quantity, price and funds where printed."""

    table: ProcurementTable | None = None


@frozen(kw_only=True)
class PurchasedServicesStatement(Statement):
    """政府购买服务表."""


@frozen(kw_only=True)
class ProjectExpenditure(Statement):
    """项目支出表: one row per project."""


@frozen(kw_only=True)
class PerformanceTargets(Statement):
    """绩效目标表 of a project or of the whole agency: goals, funding and indicators."""

    targets: IndicatorTable | None = None


@frozen(kw_only=True)
class NewAssets(Statement):
    """新增资产配置表."""


@frozen(kw_only=True)
class AssetHoldings(Statement):
    """国有资产占有使用情况表, 固定资产占用情况表."""


@frozen(kw_only=True)
class Transfers(Statement):
    """对下转移支付表."""


@frozen(kw_only=True)
class UnitList(Statement):
    """机构设置情况表, 预算单位构成: a list of units, no statement of money."""


@frozen(kw_only=True)
class UnknownTable(Statement):
    """A table of no known kind: header paths, units, labels and values, without a meaning.

    ``basis`` says why it was not recognised.
    """

    @property
    def header(self) -> tuple[tuple[str, ...], ...]:
        """The header paths of its columns."""
        return tuple(column.path for column in self.columns)

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its rows as printed."""
        return tuple(row.name.text for row in self.rows if row.name is not None)


#: The class of each kind of the catalogue (``statements.toml``).
CLASSES: dict[str, type[Statement]] = {
    "summary": RevenueExpenditureSummary,
    "revenue": RevenueStatement,
    "expenditure": ExpenditureStatement,
    "fiscal_summary": FiscalAppropriationSummary,
    "fiscal_expenditure": FiscalAppropriationExpenditure,
    "general_budget": GeneralBudgetExpenditure,
    "basic": BasicExpenditure,
    "three_public": ThreePublicStatement,
    "operating_funds": OperatingFundsStatement,
    "government_fund": GovernmentFundStatement,
    "state_capital": StateCapitalStatement,
    "procurement": ProcurementStatement,
    "purchased_services": PurchasedServicesStatement,
    "projects": ProjectExpenditure,
    "performance": PerformanceTargets,
    "new_assets": NewAssets,
    "assets": AssetHoldings,
    "transfers": Transfers,
    "units": UnitList,
    "unknown": UnknownTable,
}
