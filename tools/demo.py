"""Parse a report of the corpus and show what comes out. Run by ``make demo``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from disclosure_parser import Report, parse, to_json
from rich.console import Console
from rich.table import Table
from rich.tree import Tree

from disclosure_parser.outline.model import Section

CORPUS = Path(__file__).parents[1] / "corpus"
FACTS = 40


def main(arguments: list[str]) -> int:
    """Show the report of the argument, or the Hebei-like budget of the corpus."""
    path = Path(arguments[0]) if arguments else CORPUS / "hebei-budget" / "report.docx"
    console = Console(width=120)
    report = parse(path)
    identity = report.identity
    console.rule(f"{path.name}: {identity.agency} {identity.fiscal_year} {identity.kind}")
    show_sections(report, console)
    show_facts(report, console)
    show_records(report, console)
    for diagnostic in report.diagnostics:
        console.print(f"{diagnostic.severity}: {diagnostic.message}", markup=False)
    return 0


def show_sections(report: Report, console: Console) -> None:
    """The section tree with the kinds the sections were recognised as."""
    tree = Tree("Sections 章节")

    def add(branch: Tree, sections: tuple[Section, ...]) -> None:
        for section in sections:
            kind = f"  [dim]{section.kind}[/dim]" if section.kind else ""
            add(branch.add(f"{section.number}{section.title}{kind}"), section.children)

    add(tree, report.sections)
    console.print(tree)


def show_facts(report: Report, console: Console) -> None:
    """The first figures: what, how much, and where it is printed."""
    facts = report.facts()
    table = Table(title=f"The first {FACTS} of {len(facts)} figures 数据")
    for heading in ("concept", "measure", "phase", "printed", "in 元", "where"):
        table.add_column(heading, justify="right" if heading == "in 元" else "left")
    for fact in facts[:FACTS]:
        places = report.places(fact.anchor)
        table.add_row(
            fact.concept or fact.name,
            fact.measure,
            fact.phase or "",
            fact.text,
            "" if fact.yuan is None else f"{fact.yuan:,}",
            str(places[0]) if places else "",
        )
    console.print(table)


def show_records(report: Report, console: Console) -> None:
    """The records as JSON, shortened to what fits on a few screens."""
    records = json.loads(to_json(report))["records"]
    console.print(f"{len(records)} records; one of them as JSON:")
    shortest = min(records, key=lambda record: len(json.dumps(record)))
    console.print_json(data=shortest, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
