"""Rows as bytes: exact decimals, and a word for all that a column cannot hold."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_parser import parse
from disclosure_parser.dataset.arrow import arrow_schema, record_batch
from disclosure_parser.dataset.cells import Row
from disclosure_parser.dataset.payload import columns_of, decimal_text, packed, unpacked
from disclosure_parser.dataset.schema import PRECISION, SCALE, table
from tests.dataset.support import rows_of

_DECIMALS = st.decimals(allow_nan=True, allow_infinity=True) | st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**40), 10**40),
    st.integers(-45, 45),
)


@settings(deadline=None)
@given(_DECIMALS)
def test_a_decimal_is_exact_or_not_given(value: Decimal) -> None:
    text = decimal_text(value)
    if text is not None:
        assert Decimal(text) == value
        column = pa.array([text]).cast(pa.decimal128(PRECISION, SCALE))
        assert column[0].as_py() == value
        return
    fits = (
        value.is_finite()
        and abs(value) < 10 ** (PRECISION - SCALE)
        and value == round(value, SCALE)
    )
    assert not fits


@pytest.mark.parametrize("text", ["4.00", "0", "-0.00", "1234567.89", "1E+3", "0E+999999"])
def test_usual_numbers_fit(text: str) -> None:
    assert decimal_text(Decimal(text)) is not None


@pytest.fixture
def rows() -> dict[str, list[Row]]:
    """The rows of a small report."""
    return rows_of(parse("某局2024年部门预算\n一、收支情况\n收入合计5.00万元。\n".encode()))


def passed_on(rows: dict[str, list[Row]]) -> dict[str, dict[str, list[object]]]:
    """The columns of each table after the way through bytes."""
    (report,) = rows["reports"]
    others = {name: found for name, found in rows.items() if name != "reports"}
    data = packed(others, lambda counts: {**report, "diagnostics": counts["diagnostics"]})
    found: dict[str, dict[str, list[object]]] = {}
    for name, columns in unpacked(data):
        into = found.setdefault(name, {column: [] for column in table(name).names})
        for column, values in zip(into.values(), columns, strict=True):
            column.extend(values)
    return found


def test_a_number_that_does_not_fit_is_said(rows: dict[str, list[Row]]) -> None:
    first = rows["facts"][0]
    first["number"] = Decimal("0.123456789012")
    found = passed_on(rows)
    assert found["facts"]["number"][0] is None
    assert found["facts"]["text"][0] == "5.00万元"
    said = found["diagnostics"]
    assert said["code"][-1] == "dataset.number"
    assert "facts 1: the number 0.123456789012" in str(said["message"][-1])
    assert said["anchor_block"][-1] == first["anchor_block"]
    assert said["diagnostic"] == list(range(1, len(said["code"]) + 1))
    assert found["reports"]["diagnostics"] == [len(said["code"])]


def test_an_integer_that_does_not_fit_is_said(rows: dict[str, list[Row]]) -> None:
    rows["sections"][0]["ordinal"] = 10**30
    found = passed_on(rows)
    assert found["sections"]["ordinal"][0] is None
    assert "dataset.number" in found["diagnostics"]["code"]


@pytest.mark.parametrize(("name", "column"), [("facts", "label"), ("reports", "source")])
def test_half_a_surrogate_pair_is_escaped_and_said(
    rows: dict[str, list[Row]], name: str, column: str
) -> None:
    rows[name][0][column] = "收入\udc80合计"
    found = passed_on(rows)
    assert found[name][column][0] == "收入\\udc80合计"
    assert "dataset.text" in found["diagnostics"]["code"]
    assert found["reports"]["diagnostics"] == [len(found["diagnostics"]["code"])]


def test_many_rows_go_in_several_lines(rows: dict[str, list[Row]]) -> None:
    first = rows["facts"][0]
    rows["facts"] = [{**first, "fact": number} for number in range(5000)]
    assert passed_on(rows)["facts"]["fact"] == list(range(5000))


def test_arrow_refuses_what_would_be_rounded() -> None:
    """The last guard: should a number pass the first one, there is an error and no rounding."""
    one = table("operands")
    columns = columns_of(one, [])
    columns[one.names.index("value")].append("0.00000000001")
    for name, column in zip(one.names, columns, strict=True):
        if name != "value":
            column.append(1 if one.column(name).type == "integer" else "x")
    with pytest.raises(pa.ArrowInvalid):
        record_batch(one, arrow_schema(one), columns)
