"""Parse a report of the corpus and show what comes out. Run by ``make demo``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from disclosure_parser import Report, parse, to_json
from disclosure_parser.export.show import show

REPORT = Path(__file__).parents[1] / "corpus" / "hebei-budget" / "report.docx"
FACTS = 30
RECORD = "OperatingFunds"


def main(arguments: list[str]) -> int:
    """Show the report of the argument, or the Hebei-like budget of the corpus."""
    path = Path(arguments[0]) if arguments else REPORT
    console = Console(width=None if sys.stdout.isatty() else 120)
    report = parse(path)
    console.rule(f"1. Records: what disclosure-parser show {path.name} prints")
    show(report, console)
    console.rule("2. Facts: every printed figure, flat")
    console.print(facts_table(report))
    console.rule(f"3. JSON: one record of {len(report.records)}")
    records = json.loads(to_json(report))["records"]
    chosen = [r for r in records if r["type"] == RECORD] or records[:1]
    console.print_json(data=chosen[0] if chosen else {}, ensure_ascii=False)
    return 0


def facts_table(report: Report) -> Table:
    """The first facts: what they are of, as printed, in 元, and where they are printed."""
    facts = report.facts()
    table = Table(title=f"the first {FACTS} of {len(facts)}")
    for heading in ("what", "measure", "phase", "printed"):
        table.add_column(heading)
    table.add_column("元", justify="right")
    table.add_column("where")
    for fact in facts[:FACTS]:
        places = report.places(fact.anchor)
        table.add_row(
            escape(fact.concept_name or fact.label),
            fact.measure.value,
            fact.phase.value if fact.phase else "",
            escape(fact.text),
            "" if fact.yuan is None else f"{fact.yuan:,}",
            str(places[0]) if places else "",
        )
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
