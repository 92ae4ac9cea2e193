"""How many seeded errors the rules find, and how often they cry without one.

Run it by hand; nothing is asserted::

    python -m tests.benchmarks.bench_checks [--limit N] [--table] [--missed] [FILE …]

Without files it takes the clean reports of the corpus: the altered documents are made from each
form of each report (see ``mutations.py``). An alteration counts as found where the check of the
altered report has a finding, of level warning or error, that the check of the unaltered report
has not; "compared before" counts those whose figure a rule of the unaltered report compared with
another one: prose that prints a figure once and nothing to hold it to cannot be told wrong. False
alarms are the errors and warnings of the unaltered reports, missing tables apart
(those are true).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from disclosure_parser.checks import CheckReport, Level, Outcome, check
from disclosure_parser.parsing import parse_document
from disclosure_parser.readers import read_document
from disclosure_parser.readers.base import Limits
from tests.benchmarks.mutations import Place, mutations

CORPUS = Path(__file__).parents[2] / "corpus"
#: Reports with errors of their own, which are no ground to seed others in; the same reports again.
_LEFT = {"slips", "formats"}
#: Rules that hold a figure to a bound only, or to the words beside it.
_BOUNDS = {"N16", "N19", "T04", "Z03", "P01", "P02", "I07", "I08"}
#: A word stands so near before the figure that it speaks of.
_NEAR = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall per family and the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", type=Path, help="files, or folders of the corpus")
    parser.add_argument(
        "--limit", "--rounds", type=int, default=6, help="alterations of a family per file"
    )
    parser.add_argument("--table", action="store_true", help="print a Markdown table")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    options = parser.parse_args(arguments)
    paths = _reports(options.places or [CORPUS])
    if not paths:
        return 0
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    alarms: dict[Level, list[str]] = defaultdict(list)
    spent = 0.0
    for path in paths:
        document = read_document(path, limits=Limits())
        report = parse_document(document)
        begun = time.process_time()
        clean = check(report)
        spent += time.process_time() - begun
        for finding in clean.findings:
            if finding.rule not in {"D01", "D03"}:
                alarms[finding.level].append(f"{path.parent.name}/{path.name}: {finding.id}")
        known = _serious(clean)
        for mutation in mutations(report, limit=options.limit):
            altered = check(parse_document(mutation.document))
            new = _serious(altered) - known
            made[mutation.family] += 1
            bound = _is_compared(clean, mutation.place)
            compared[mutation.family] += bound
            caught[mutation.family] += bound and bool(new)
            found[mutation.family] += bool(new)
            errors[mutation.family] += any(f.id in new for f in altered.of_level(Level.ERROR))
            if options.missed and not new:
                print(
                    f"{path.parent.name}/{path.name}",
                    mutation.family,
                    mutation.before,
                    "->",
                    mutation.after,
                )
    print(f"files: {len(paths)}, {sum(made.values())} alterations")
    print(f"a check: {spent / len(paths):.3f} s")
    if options.table:
        print("\n| altered | made | found | as an error | compared before | of these found |")
        print("|---|---|---|---|---|---|")
    for family, number in made.items():
        share, sure = (100 * c[family] / number for c in (found, errors))
        among = f"{100 * caught[family] / compared[family]:.1f} %" if compared[family] else "–"
        row = (family, number, f"{share:.1f} %", f"{sure:.1f} %", compared[family], among)
        if options.table:
            print("| " + " | ".join(map(str, row)) + " |")
        else:
            print(f"found, {family}: {row[2]} of {number} ({among} of {row[4]} compared before)")
    print(
        f"False alarms on the unaltered reports: {len(alarms[Level.ERROR])} errors,"
        f" {len(alarms[Level.WARNING])} warnings"
    )
    for level in (Level.ERROR, Level.WARNING):
        for alarm in alarms[level]:
            print(f"  {level.value} {alarm}")
    return 0


def _reports(places: Sequence[Path]) -> list[Path]:
    """The reports to alter: files as given, of folders the clean reports of a corpus."""
    found: list[Path] = []
    for place in places:
        if place.is_file():
            found.append(place)
        else:
            reports = sorted(place.rglob("report*.*"))
            found.extend(path for path in reports if path.parent.name not in _LEFT)
    return found


def _is_compared(clean: CheckReport, place: Place) -> bool:
    """Whether a rule held the altered words, or the figure behind them, to another figure."""
    block, row, column, start, end = place
    for result in clean.ledger:
        if result.outcome not in (Outcome.OK, Outcome.ROUNDING) or result.rule in _BOUNDS:
            continue
        for anchor in [o.anchor for o in result.operands] or [result.anchor]:
            if anchor is None or (anchor.block, anchor.row, anchor.column) != (block, row, column):
                continue
            if anchor.start < end + _NEAR and start < anchor.end:
                return True
    return False


def _serious(result: CheckReport) -> set[str]:
    return {finding.id for finding in result.findings if finding.level is not Level.NOTE}


if __name__ == "__main__":
    raise SystemExit(main())
