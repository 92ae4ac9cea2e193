"""Hypothesis strategies that build whole objects from their attrs classes."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from hypothesis import strategies as st

from disclosure_parser.export.classes import families
from disclosure_parser.report import SCHEMA, Report

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    ["", "公务接待费", "万元", '"', "\u2028", "\x00", "null", "4.00"]
)
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.sampled_from(
    [Decimal("4.00"), Decimal("0"), Decimal("-0.0"), Decimal("1E+7"), Decimal("0.1000000000")]
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    bool: st.booleans(),
    int: st.integers(-5, 10**9),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: _DECIMALS,
    NoneType: st.none(),
}
_known: dict[Any, st.SearchStrategy[Any]] = {}


def of(kind: Any) -> st.SearchStrategy[Any]:
    """A strategy for the values of a type; tuples are short, so that trees end."""
    if kind not in _known:
        _known[kind] = _strategy(kind)
    return _known[kind]


def _strategy(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in families():
        return st.one_of([of(cls) for cls in families()[kind]])
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return st.one_of([of(argument) for argument in arguments])
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(st.deferred(lambda: of(arguments[0])), max_size=1).map(tuple)
    if origin is tuple:
        return st.tuples(*(of(argument) for argument in arguments))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if kind is Report:
        return _built(Report, schema=st.just(SCHEMA))
    return _built(kind)


def _built(cls: type, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    fields = attrs.fields(attrs.resolve_types(cls))
    values = {
        field.name: fixed[field.name] if field.name in fixed else _field(field.type, field.default)
        for field in fields
        if field.init
    }
    return st.builds(cls, **values)


def _field(kind: Any, default: object) -> st.SearchStrategy[Any]:
    value = st.deferred(lambda: of(kind))
    if default is attrs.NOTHING or isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return value
    return st.just(default) | value
