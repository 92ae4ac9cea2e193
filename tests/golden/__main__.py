"""``python -m tests.golden verify|update [reports]``."""

from __future__ import annotations

import sys

from tests.golden import FILES, cases, difference, rendered, strangers

USAGE = "usage: python -m tests.golden verify|update [reports]"


def main(arguments: list[str]) -> int:
    """Verify or update the golden files; 1 if verifying finds a difference."""
    if not arguments or arguments[0] not in ("verify", "update"):
        print(USAGE, file=sys.stderr)
        return 2
    update, names = arguments[0] == "update", arguments[1:]
    found = cases(names)
    unknown = set(names) - {name for name, _ in found}
    if unknown:
        print(f"no such report: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    FILES.mkdir(exist_ok=True)
    changed = 0
    for name, form in found:
        for path, text in rendered(name, form).items():
            lines = difference(path, text)
            if not lines:
                continue
            changed += 1
            print("\n".join(lines))
            if update:
                path.write_text(text, "utf-8")
    for path in [] if names else strangers():
        changed += 1
        print(f"belongs to no report: {path.name}")
        if update:
            path.unlink()
    print(f"{changed} golden files {'written' if update else 'differ'}")
    return 1 if changed and not update else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
