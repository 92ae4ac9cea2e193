"""Every report of the corpus, in every format, against its answer key.

A test collects everything that differs and prints it at once: the part of the key and what the
parser has found instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from corpus.build import ROOT

from disclosure_parser import Report
from disclosure_parser.checks import Level, check
from disclosure_parser.document import Paragraph, Role, Severity, Table
from disclosure_parser.identity import Scope
from disclosure_parser.language.values import Amount, Change, Operator, Phase, Quantity, ValueState
from disclosure_parser.outline.model import Section
from disclosure_parser.sections.duties import Duties
from disclosure_parser.sections.glossary import Glossary
from disclosure_parser.sections.indicators import Indicator
from disclosure_parser.sections.model import Line
from disclosure_parser.sections.organisation import Organisation
from disclosure_parser.sections.other import OtherMatters, StatementKind
from disclosure_parser.sections.performance import Performance, ProjectPerformance
from disclosure_parser.sections.procurement import Procurement, ProcurementRow, ProcurementTable
from disclosure_parser.sections.state_assets import StateAssets
from tests.corpus.keys import (
    FigureKey,
    IndicatorKey,
    Key,
    ProcurementKey,
    corpus_files,
    key_of,
    number,
)
from tests.corpus.looking import (
    column_of,
    described,
    grid_of,
    is_called,
    kinds_by_block,
    lines,
    names,
    parsed,
    plain,
    row_of,
    sections_of,
    shown,
    titled,
    trimmed,
    within,
)

FILES = corpus_files()
NAMES = [str(path.relative_to(ROOT)) for path in FILES]

Differences = Iterator[str]

#: What a figure of these sections cannot be of.
_OTHER_SIDE = {"revenue": "expenditure.", "expenditure": "revenue."}


@pytest.fixture(params=FILES, ids=NAMES, scope="module")
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def hold(path: Path, compare: Callable[[Report, Key], Differences]) -> None:
    """Compare a file with its key, and fail with all that differs."""
    differences = list(compare(parsed(path), key_of(path.parent.name)))
    if differences:
        pytest.fail("\n".join([f"{path.parent.name}/{path.name}:", *differences]), pytrace=False)


def test_identity(path: Path) -> None:
    hold(path, _identity)


def _identity(report: Report, key: Key) -> Differences:
    scopes = {"部门": Scope.DEPARTMENT, "单位": Scope.UNIT, "本级": Scope.OWN_LEVEL}
    found, wanted = report.identity, key.identity
    pairs = [
        ("agency", found.agency, wanted.agency),
        ("fiscal year", found.fiscal_year, wanted.fiscal_year),
        ("kind", found.kind, wanted.kind),
        ("scope", found.scope, scopes.get(wanted.scope, found.scope)),
        ("unit code", found.unit_code or "", wanted.unit_code),
    ]
    yield from (f"{name}: {got!r}, not {want!r}" for name, got, want in pairs if got != want)


def test_outline(path: Path) -> None:
    hold(path, _outline)


def _outline(report: Report, key: Key) -> Differences:
    found = [_heading(section) for section in report.sections]
    wanted = [(plain(number), plain(title), kind) for number, title, kind in key.outline]
    missing = [entry for entry in wanted if entry not in found]
    yield from (f"no section {' '.join(entry)}" for entry in missing)
    if missing:
        yield "found " + "; ".join(" ".join(entry) for entry in found)
    else:
        places = [found.index(entry) for entry in wanted]
        if places != sorted(places):
            yield f"the order is {found}"
        # Sections without a mark may divide a report further; a numbered one must be in the key.
        yield from (
            f"a section too many: {' '.join(entry)}"
            for entry in found
            if entry not in wanted and entry[0]
        )


def _heading(section: Section) -> tuple[str, str, str]:
    return plain(section.number), plain(section.title), section.kind


def test_subsections(path: Path) -> None:
    hold(path, _subsections)


def _subsections(report: Report, key: Key) -> Differences:
    found = [_heading(section) for section in report.walk()]
    position = 0
    for number_, title, kind in key.subsections:
        entry = (plain(number_), plain(title), kind)
        if entry in found[position:]:
            position = found.index(entry, position) + 1
            continue
        like = [f for f in found if f[1] == entry[1] or f[1].startswith(entry[1])]
        yield f"no section {' '.join(entry)} in its place; like it: {like}"


def test_duties(path: Path) -> None:
    hold(path, _duties)


def _duties(report: Report, key: Key) -> Differences:
    if key.duties is None:
        return
    record = report.get(Duties)
    if record is None:
        yield "no duties"
        return
    outermost = [item for item in record.duties if item.level == 0]
    if len(outermost) != key.duties:
        yield f"{len(outermost)} duties, not {key.duties}: {[i.text.text[:12] for i in outermost]}"


def test_units(path: Path) -> None:
    hold(path, _units)


def _units(report: Report, key: Key) -> Differences:
    records = report.all(Organisation)
    rows = {plain(row.name.text): row for record in records for row in record.units}
    listed = {plain(item.text.text).rstrip("。;") for r in records for item in r.listed}
    stated = "".join(plain(quote.text) for record in records for quote in record.statements)
    stated += "".join(listed)
    for unit in key.units:
        columns = {
            "nature": unit.nature,
            "rank": unit.rank,
            "funding": unit.funding,
            "remark": unit.note,
        }
        wanted = {name: value for name, value in columns.items() if value is not None}
        row = rows.get(plain(unit.name))
        if row is None:
            if wanted:
                yield f"no row of {unit.name} among {list(rows)}"
            elif plain(unit.name) not in stated:
                yield f"{unit.name} is nowhere"
            continue
        for name, value in wanted.items():
            quote = getattr(row, name)
            got = quote.text if quote is not None else ""
            if got != value:
                yield f"{name} of {unit.name}: {got!r}, not {value!r}"


def test_figures(path: Path) -> None:
    hold(path, _figures)


def _figures(report: Report, key: Key) -> Differences:
    kinds = kinds_by_block(report)
    placed = [(sections_of(line, kinds), line) for line in lines(report)]
    for figure in key.figures:
        own = [line for found, line in placed if figure.section in found]
        called = [line for line in own if is_called(line, figure.concept, figure.measure)]
        if any(not _wrong(line, figure) for line in called):
            continue
        if not called:
            value = figure.number or figure.change or figure.percent or "?"
            called = [line for line in own if value in described(line)]
            yield f"nothing is called so: {figure}" if own else f"no such section: {figure}"
        else:
            yield f"not as printed: {figure}"
        for line in called[:3]:
            wrong = ", ".join(_wrong(line, figure))
            yield f"    found {described(line)}" + (f"  [{wrong}]" if wrong else "")


def _wrong(line: Line, key: FigureKey) -> list[str]:
    """What a line does not say as the key does."""
    wrong = []
    if line.concept.startswith(_OTHER_SIDE.get(key.section, "-")):
        wrong.append(f"the other side: {line.concept}")
    if key.of is not None and line.whole != key.of:
        wrong.append(f"of {line.whole!r}")
    if key.measure != "amount":
        value = line.quantity
        if value is None or value.number is None or value.number != number(key.number or ""):
            wrong.append("number")
        elif plain(value.unit) != plain(key.unit or ""):
            wrong.append("unit")
        return wrong
    unit = {"万": "万元"}.get(key.unit or "", key.unit)
    if key.number is not None and not any(
        _is(phased.amount, key.number, unit, key.unsure) for phased in line.amounts
    ):
        wrong.append("number")
    if key.budget is not None:
        phase = Phase.ADJUSTED if key.budget_kind == "全年预算" else Phase.APPROVED
        if not any(
            phased.phase is phase and _is(phased.amount, key.budget, unit)
            for phased in line.amounts
        ):
            wrong.append("budget")
    if (key.change or key.percent or key.direction or key.base) and not any(
        _changed(change, key, unit) for change in line.changes
    ):
        wrong.append("change")
    if key.share is not None and not any(_counts(s.value, key.share) for s in line.shares):
        wrong.append("share")
    if key.completion is not None and not any(
        _counts(c.value, key.completion) for c in line.completions
    ):
        wrong.append("completion")
    if key.reason is not None:
        reasons = [change.reason for change in line.changes] + [line.reason]
        if trimmed(key.reason) not in {trimmed(r.text) for r in reasons if r is not None}:
            wrong.append("reason")
    if key.purpose is not None and (
        line.purpose is None or trimmed(line.purpose.text) != trimmed(key.purpose)
    ):
        wrong.append("purpose")
    return wrong


def _is(amount: Amount, printed: str, unit: str | None, unsure: bool = False) -> bool:
    if amount.number is None or str(amount.number) != str(number(printed)):
        return False
    if unsure:
        return amount.doubt is not None or amount.unit is None
    return unit is None or (amount.unit is not None and amount.unit.value == unit)


def _counts(value: Quantity, printed: str) -> bool:
    return value.number is not None and str(value.number) == str(number(printed))


def _changed(change: Change, key: FigureKey, unit: str | None) -> bool:
    if key.change is not None and (
        change.amount is None or not _is(change.amount, key.change, unit)
    ):
        return False
    if key.percent is not None and (
        change.percent is None or not _counts(change.percent, key.percent)
    ):
        return False
    if key.direction is not None and change.direction != key.direction:
        return False
    if key.base is None:
        return True
    base = plain(change.base_text.text) if change.base_text is not None else ""
    return bool(base) and (base in plain(key.base) or plain(key.base) in base)


def test_nothing_invented(path: Path) -> None:
    """In the sections of the key no amount is given as sure that the key does not have."""
    hold(path, _invented)


def _invented(report: Report, key: Key) -> Differences:
    kinds = kinds_by_block(report)
    known: dict[str, set[Decimal]] = {}
    for figure in key.figures:
        printed = [figure.number, figure.budget, figure.change, figure.percent, figure.share]
        values = {number(text) for text in [*printed, figure.completion] if text is not None}
        known.setdefault(figure.section, set()).update(values)
    for line in lines(report):
        own = sections_of(line, kinds) & known.keys()
        if line.within or not own:
            continue
        values = set().union(*(known[kind] for kind in own))
        for amount in _amounts(line):
            if amount.state is ValueState.NUMBER and amount.doubt is None:
                assert amount.number is not None
                if amount.number not in values:
                    yield f"{amount.text} is not in the key: {described(line)}"


def _amounts(line: Line) -> Iterator[Amount]:
    yield from (phased.amount for phased in line.amounts)
    yield from (change.amount for change in line.changes if change.amount is not None)


def test_nothing_where_nothing_is_printed(path: Path) -> None:
    hold(path, _without_number)


def _without_number(report: Report, key: Key) -> Differences:
    kinds = kinds_by_block(report)
    for nothing in key.without_number:
        for line in lines(report):
            if nothing.section not in sections_of(line, kinds):
                continue
            if not any(name.endswith(plain(nothing.concept)) for name in names(line)):
                continue
            if any(amount.number is not None for amount in _amounts(line)):
                yield f"{nothing.concept} has no number: {described(line)}"
    for text in key.absent:
        for fact in report.facts():
            if plain(text) == plain(fact.text) or (len(text) > 6 and text in plain(fact.text)):
                yield f"{text} is no figure: {fact.label} {fact.measure} {fact.text}"


def test_slips_are_kept(path: Path) -> None:
    """A slip stays in the text as it is printed."""
    hold(path, _slips)


def _slips(report: Report, key: Key) -> Differences:
    texts = "\n".join(_texts(report, Role.TEXT))
    yield from (f"{s.kind} is gone: {s.text}" for s in key.slips if s.text not in texts)


def _texts(report: Report, role: Role) -> Iterator[str]:
    for block in report.document.blocks:
        if block.role is role:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for cell in block.cells)


def test_findings(path: Path) -> None:
    """What is printed wrong on purpose is found, and nothing is found in what is right."""
    hold(path, _findings)


def _findings(report: Report, key: Key) -> Differences:
    results = [finding.result for finding in check(report).findings]
    # A text form that has lost its merged cells may well say so.
    diagnostics = [
        diagnostic.code
        for diagnostic in report.diagnostics
        if diagnostic.severity is not Severity.NOTE and not diagnostic.code.startswith("text.")
    ]
    wanted = Counter(slip.found for slip in key.slips if slip.found is not None)
    found = Counter([*(result.rule for result in results), *diagnostics])
    # One slip may be found at two of its figures; the other way round something is missed.
    yield from (
        f"{name}: {found[name]} found of {count} slips"
        for name, count in wanted.items()
        if found[name] < count and not name.startswith("outline.")
    )
    codes = {diagnostic.code for diagnostic in report.diagnostics}
    yield from (
        f"{name}: not found" for name in wanted if name.startswith("outline.") and name not in codes
    )
    yield from (
        f"found wrongly by {result.rule}: {result.formula} {result.message} ({result.difference})"
        for result in results
        if result.level is not Level.NOTE
        and result.rule not in wanted
        and result.rule not in key.speaking_rules
    )
    yield from (f"a warning too many: {code}" for code in diagnostics if code not in wanted)


def test_duty_goals(path: Path) -> None:
    hold(path, _duty_goals)


def _duty_goals(report: Report, key: Key) -> Differences:
    goals = [goal for record in report.all(Performance) for goal in record.duty_goals]
    counts: dict[str, int] = {}
    for goal in goals:
        duty = plain(goal.item.heading.text) if goal.item.heading is not None else ""
        counts[duty] = counts.get(duty, 0) + 1
    for wanted in key.duty_goals:
        found = sum(count for duty, count in counts.items() if plain(wanted.duty) in duty)
        if found != wanted.goals:
            yield f"{wanted.duty}: {found} goals, not {wanted.goals} ({counts})"
    for quantity in key.goal_quantities:
        own = [g for g in goals if plain(quantity.text) in plain(g.item.text.text)]
        wanted_number = Decimal(quantity.upper or quantity.number)
        found_lines = [line for goal in own for line in goal.quantities]
        if not any(
            line.quantity is not None
            and (
                line.quantity.number == Decimal(quantity.number)
                or (quantity.upper is not None and line.quantity.number in (None, wanted_number))
            )
            and plain(line.quantity.unit) == plain(quantity.unit)
            and line.operator == quantity.operator
            for line in found_lines
        ):
            yield (
                f"{quantity.text}: {quantity.operator} {quantity.number} {quantity.unit} not among "
                f"{[(str(x.operator), described(x)) for x in found_lines]}"
            )


def test_projects(path: Path) -> None:
    hold(path, _projects)


def _with_indicators(report: Report) -> list[ProjectPerformance]:
    records = report.all(Performance)
    return [p for record in records for p in record.projects if p.indicators]


def _projects(report: Report, key: Key) -> Differences:
    found = _with_indicators(report)
    wanted_names = [plain(project.name) for project in key.projects]
    if [plain(project.project) for project in found] != wanted_names:
        yield f"projects {[p.project for p in found]}, not {wanted_names}"
        return
    for project, wanted in zip(found, key.projects, strict=True):
        if len(project.goals) != wanted.goals:
            yield f"{wanted.name}: {len(project.goals)} goals, not {wanted.goals}"
        if len(project.indicators) != wanted.indicators:
            yield f"{wanted.name}: {len(project.indicators)} indicators, not {wanted.indicators}"
    for funding in key.funding:
        amounts = [
            f"{part.label.text} {part.amount.number} {part.amount.unit}"
            for project in found
            if plain(project.project) == plain(funding.project)
            for part in project.funding
            if part.amount is not None
            and plain(funding.label) in plain(part.label.text)
            and _is(part.amount, funding.number, funding.unit)
        ]
        if not amounts:
            yield f"no funding {funding}"


def test_execution(path: Path) -> None:
    hold(path, _execution)


def _execution(report: Report, key: Key) -> Differences:
    for wanted in key.execution:
        rows = [
            row
            for project in _with_indicators(report)
            if plain(project.project) == plain(wanted.project)
            for row in project.funding
            if plain(wanted.label) in plain(row.label.text)
        ]
        if len(rows) != 1:
            yield f"{len(rows)} rows of {wanted.label}"
            continue
        (row,) = rows
        for name, got, want in (
            ("initial", row.initial, wanted.initial),
            ("adjusted", row.adjusted, wanted.adjusted),
            ("executed", row.executed, wanted.executed),
            ("rate", row.execution_rate, wanted.rate),
        ):
            number = got.number if got is not None else None
            if number != (None if want is None else Decimal(want)):
                yield f"{wanted.label}: {name} {number}, not {want}"


def test_indicators(path: Path) -> None:
    hold(path, _indicators)


def _indicators(report: Report, key: Key) -> Differences:
    by_project = {plain(project.project): project for project in _with_indicators(report)}
    for wanted in key.indicators:
        project = by_project.get(plain(wanted.project))
        rows = [
            indicator
            for indicator in (project.indicators if project is not None else ())
            if indicator.level3 is not None
            and plain(indicator.level3.text) == plain(wanted.path[2])
        ]
        if len(rows) != 1:
            yield f"{len(rows)} indicators {wanted.path[2]} of {wanted.project}"
            continue
        wrong = _wrong_indicator(rows[0], wanted)
        if wrong:
            yield f"{wanted.path[2]}: {'; '.join(wrong)}"


def _wrong_indicator(found: Indicator, key: IndicatorKey) -> list[str]:
    pairs = [
        ("level 1", found.level1.text if found.level1 else "", key.path[0]),
        ("level 2", found.level2.text if found.level2 else "", key.path[1]),
        ("description", found.description.text if found.description else "", key.description),
        ("basis", found.basis.text if found.basis else "", key.basis),
        ("remark", found.remark.text if found.remark else "", key.remark),
    ]
    wrong = [f"{n} {got!r}, not {want!r}" for n, got, want in pairs if want not in (None, got)]
    if key.operator is not None and found.operator != Operator(key.operator):
        wrong.append(f"operator {found.operator}, not {key.operator}")
    value = found.value
    if key.number is not None and (value is None or value.number != Decimal(key.number)):
        wrong.append(f"value {value}, not {key.number}")
    if key.value is not None and key.value != (value.text if value is not None else ""):
        wrong.append(f"printed value {value}, not {key.value!r}")
    units = {found.unit_text.text if found.unit_text else "", value.unit if value else ""}
    if key.unit is not None and plain(key.unit) not in {plain(unit) for unit in units}:
        wrong.append(f"unit {units}, not {key.unit!r}")
    if key.weight is not None and (
        found.weight is None or found.weight.number != Decimal(key.weight)
    ):
        wrong.append(f"weight {found.weight}, not {key.weight}")
    for name, held, want in (
        ("actual", found.actual, key.actual),
        ("score", found.score, key.score),
    ):
        if want is not None and (held is None or held.number != Decimal(want)):
            wrong.append(f"{name} {held}, not {want}")
    return wrong


def test_procurement(path: Path) -> None:
    hold(path, _procurement)


def _procurement(report: Report, key: Key) -> Differences:
    if not key.procurement:
        return
    tables = [table for record in report.all(Procurement) for table in record.tables]
    # In a report with a part for tables the procurement table is one of its statements.
    tables = tables or list(within(report.statements, ProcurementTable))
    found = [row for table in tables for row in table.rows]
    if len(found) != len(key.procurement):
        labels = [(row.kind.value, row.label.text if row.label else "") for row in found]
        yield f"{len(found)} rows, not {len(key.procurement)}: {labels}"
        return
    for row, wanted in zip(found, key.procurement, strict=True):
        wrong = _wrong_row(row, wanted)
        if wrong:
            yield f"row {row.row} ({wanted.label or wanted.item}): {'; '.join(wrong)}"


def _wrong_row(row: ProcurementRow, key: ProcurementKey) -> list[str]:
    def amount(value: Amount | None) -> str:
        return value.text if value is not None and value.number is not None else ""

    funds = {part.fund: amount(part.amount) for part in row.funds}
    quotes = [
        ("label", row.label or row.source_project, key.label),
        ("item", row.item, key.item),
        ("code", row.code, key.code),
        ("economic item", row.economic_item, key.economic),
        ("method", row.method, key.method),
        ("measure unit", row.measure_unit, key.measure),
    ]
    pairs = [
        ("kind", row.kind.value, key.level),
        *(
            (n, shown(quote.text) if quote else "", shown(want))
            for n, quote, want in quotes
            if want is not None
        ),
        ("total", amount(row.amount), key.total),
        ("budget", amount(row.project_budget), key.budget or ""),
        ("price", amount(row.unit_price), key.price or ""),
        ("quantity", row.quantity.text if row.quantity else "", key.quantity or ""),
        ("general budget", funds.get("revenue.general_budget", ""), key.general or ""),
        ("government fund", funds.get("revenue.government_fund", ""), key.fund or ""),
        ("special account", funds.get("revenue.special_account", ""), key.special_account or ""),
        ("other funds", funds.get("revenue.other", ""), key.other or ""),
    ]
    return [f"{n} {got!r}, not {want!r}" for n, got, want in pairs if got != want]


def test_assets(path: Path) -> None:
    hold(path, _assets)


def _assets(report: Report, key: Key) -> Differences:
    tables = [table for record in report.all(StateAssets) for table in record.tables]
    rows = [row for table in tables for row in table.rows]
    if len(rows) != len(key.assets):
        yield f"{len(rows)} rows of assets, not {len(key.assets)}: {[r.name for r in rows]}"
        return
    for row, wanted in zip(rows, key.assets, strict=True):
        pairs = [
            ("name", plain(row.name), plain(wanted.label)),
            ("unit", plain(row.unit), plain(wanted.measure)),
            ("quantity", shown(row.quantity.text) if row.quantity else "", shown(wanted.quantity)),
            ("value", shown(row.value.text) if row.value else "", shown(wanted.value)),
            ("part", row.part_of is not None, wanted.of_which),
        ]
        yield from (f"{wanted.label}: {n} {got!r}, not {w!r}" for n, got, w in pairs if got != w)
    caption = key.assets_caption
    if caption is not None:
        agency = plain(tables[0].agency.text) if tables and tables[0].agency else ""
        if plain(caption.department) not in agency:
            yield f"department of the asset table: {agency!r}"
        date = (
            "".join(c if c.isdigit() else "-" for c in tables[0].date.text)
            if tables and tables[0].date
            else ""
        )
        if [int(part) for part in date.split("-") if part] != [
            int(part) for part in caption.as_of.split("-")
        ]:
            yield f"date of the asset table: {date!r}"


def test_cells(path: Path) -> None:
    hold(path, _cells)


def _cells(report: Report, key: Key) -> Differences:
    for wanted in key.cells:
        views = titled(report, wanted.table, wanted.label)
        where = f"{wanted.table} / {wanted.row} / {' › '.join(wanted.column)}"
        if not views:
            titles = [view.title.text for view in report.tables if view.title is not None]
            yield f"no table {wanted.table} {wanted.label or ''} among {titles}"
            continue
        # A title may end with another title; the shortest is the one that is meant.
        view = min(views, key=lambda v: len(v.title.text) if v.title else 0)
        grid = grid_of(report, view)
        try:
            row, after = row_of(view, grid, wanted.row)
            column = column_of(view, wanted.column, after)
        except LookupError as error:
            yield f"{where}: {error}"
            continue
        got = grid.text(row, column).strip()
        if got != wanted.value:
            yield f"{where}: {got!r}, not {wanted.value!r}"
        declared = next((c.unit for c in view.columns if c.index == column and c.unit), view.unit)
        if wanted.unit is not None and (declared is None or declared.value != wanted.unit):
            yield f"{where}: in {declared}, not {wanted.unit}"


def test_empty_tables(path: Path) -> None:
    hold(path, _empty_tables)


def _empty_tables(report: Report, key: Key) -> Differences:
    empty = {plain(v.title.text) for v in report.tables if v.empty and v.title is not None}
    for title in key.empty_tables:
        if not any(plain(title) in found for found in empty):
            yield f"{title} is not among the empty tables {empty}"
    filled = {cell.table for cell in key.cells}
    for title in filled:
        if any(plain(title) == found for found in empty):
            yield f"{title} is not empty"
    declared = [
        statement
        for record in report.all(OtherMatters)
        for statement in record.statements
        if statement.kind is StatementKind.EMPTY_TABLE
    ]
    for title in key.other.empty_tables:
        if not any(plain(title) in plain(statement.text.text) for statement in declared):
            yield f"{title} is not declared empty"


def test_glossary(path: Path) -> None:
    hold(path, _glossary)


def _glossary(report: Report, key: Key) -> Differences:
    records = report.all(Glossary)
    found = [plain(term.term.text) for record in records for term in record.terms]
    wanted = [plain(term) for term in key.glossary.terms]
    if found != wanted:
        yield f"terms {found}, not {wanted}"


def test_notes_and_hidden_text(path: Path) -> None:
    """Notes are apart from the text, and what is not printed is no text (Word only)."""
    if path.suffix != ".docx":
        pytest.skip("only Word tells notes and hidden text apart")
    hold(path, _apart)


def _apart(report: Report, key: Key) -> Differences:
    for role, texts in ((Role.NOTE, key.notes), (Role.HIDDEN, key.hidden)):
        kept = "\n".join(_texts(report, role))
        read = "\n".join(_texts(report, Role.TEXT))
        for text in texts:
            if text not in kept:
                yield f"{text} is not a {role.value} block"
            if text in read:
                yield f"{text} is read as text"


def test_every_table_is_viewed(path: Path) -> None:
    report = parsed(path)
    blocks = {i for i, block in enumerate(report.document.blocks) if isinstance(block, Table)}
    assert {view.block for view in report.tables} == blocks
