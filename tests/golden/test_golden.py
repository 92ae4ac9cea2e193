"""The output for the corpus is what it was; see :mod:`tests.golden`."""

from __future__ import annotations

import pytest

from tests.golden import FILES, cases, difference, rendered, strangers

SHOWN = 80


@pytest.mark.parametrize(("name", "form"), cases())
def test_output_is_as_before(name: str, form: str) -> None:
    for path, text in rendered(name, form).items():
        lines = difference(path, text)
        if lines:
            more = len(lines) - SHOWN
            tail = [f"… {more} more lines"] if more > 0 else []
            pytest.fail(
                "\n".join([*lines[:SHOWN], *tail, "right? then: make golden-update"]),
                pytrace=False,
            )


def test_every_golden_file_belongs_to_a_report() -> None:
    assert strangers() == []


def test_a_changed_golden_is_seen() -> None:
    path = FILES / "slips.b.tsv"
    changed = path.read_text("utf-8").replace("1082.36", "1082.35", 1)
    lines = difference(path, changed)
    assert [line[:1] for line in lines if "1082.3" in line and line[1:3] not in ("--", "++")] == [
        "-",
        "+",
    ]
