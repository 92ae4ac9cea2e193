"""Write ``docs/rules.md``, the catalogue of the rules, from their docstrings.

python tools/make_rules.py          # write it
python tools/make_rules.py --check  # exit with 1 if it is not what the rules say
"""

from __future__ import annotations

import sys
from pathlib import Path

from disclosure_parser.checks import rules
from disclosure_parser.checks.registry import FAMILIES

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"

_HEAD = """# The rules

*Written by `tools/make_rules.py` from the docstrings of the rules. How they are applied, and what
their outcomes mean: [Checking](checking.md).*

A rule's level is that of its findings; it is lowered where a reading is doubtful, or where the rule
itself says that it is not sure.
"""


def page() -> str:
    """The text of the page."""
    parts = [_HEAD]
    family = ""
    for rule in rules():
        if rule.family != family:
            family = rule.family
            zh, en = FAMILIES[family]
            parts.append(f"## {en} {zh}\n\n`checks/{family}.py`\n")
        parts.append(f"### {rule.id} {rule.title}\n\n*{rule.english}* ({rule.level.value})\n")
        parts.append(f"{rule.doc}\n")
    return "\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is up to date."""
    text = page()
    if "--check" in arguments:
        return int(PAGE.read_text("utf-8") != text)
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
