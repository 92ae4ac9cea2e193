"""The converter between reports and plain JSON values.

Strict on the way in: nothing is coerced, unknown keys are refused, every error carries its path.
On the way out fields that have their default value are left out, numbers of money are strings.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from disclosure_parser.errors import CatalogueError
from disclosure_parser.export.classes import TAG

#: How a Decimal is written: ``str(Decimal)`` of a finite number.
DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:E[+-]?\d{1,6})?")

Hook = Callable[[Any, Any], Any]


def make_converter(families: dict[type, tuple[type, ...]], *, detailed: bool) -> Converter:
    """A converter for reports whose open families have the given classes.

    ``detailed`` collects errors with their paths; without it the first one ends the reading,
    which is faster.
    """
    converter = Converter(
        omit_if_default=True, forbid_extra_keys=True, detailed_validation=detailed
    )
    for cls in (str, bool, int):
        converter.register_structure_hook(cls, _exactly(cls))
    converter.register_structure_hook(float, _float)
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook_func(
        lambda cls: isinstance(cls, type) and issubclass(cls, Enum), _enum
    )
    converter.register_structure_hook_factory(_is_tuple, lambda cls: _tuple(cls, converter))
    converter.register_structure_hook_factory(
        lambda cls: attrs.has(cls) and cls not in families, lambda cls: _mapping(cls, converter)
    )
    converter.register_unstructure_hook_factory(
        lambda cls: attrs.has(cls) and cls not in families,
        lambda cls: make_dict_unstructure_fn(
            _resolved(cls), converter, _cattrs_omit_if_default=True
        ),
    )
    for base, classes in families.items():
        _tag(converter, lambda cls, base=base: cls is base, classes)  # type: ignore[misc]
    converter.register_structure_hook_factory(_is_union, lambda cls: _read_union(cls, converter))
    converter.register_unstructure_hook_factory(
        _is_union, lambda cls: _write_tagged(union_members(cls), converter)
    )
    return converter


def union_members(cls: Any) -> tuple[type, ...]:
    """The classes of a union of attrs classes, ``()`` for anything else."""
    if get_origin(cls) not in {Union, UnionType}:
        return ()
    members = tuple(arg for arg in get_args(cls) if arg is not NoneType)
    return members if len(members) > 1 and all(map(attrs.has, members)) else ()


def _is_tuple(cls: Any) -> bool:
    origin: Any = get_origin(cls)
    return origin is tuple


def _is_union(cls: Any) -> bool:
    return bool(union_members(cls))


def _resolved(cls: type) -> type:
    return attrs.resolve_types(cls)


def _tag(converter: Converter, applies: Callable[[Any], bool], classes: tuple[type, ...]) -> None:
    converter.register_structure_hook_factory(applies, lambda _: _read_tagged(classes, converter))
    converter.register_unstructure_hook_factory(
        applies, lambda _: _write_tagged(classes, converter)
    )


def _read_union(cls: Any, converter: Converter) -> Hook:
    read = _read_tagged(union_members(cls), converter)
    if NoneType not in get_args(cls):
        return read
    return lambda value, target: None if value is None else read(value, target)


def _read_tagged(classes: tuple[type, ...], converter: Converter) -> Hook:
    by_name = {cls.__name__: cls for cls in classes}

    def read(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected an object, not {_shown(value)}")
        name = value.get(TAG)
        cls = by_name.get(name) if isinstance(name, str) else None
        if cls is None:
            raise ValueError(
                f"{TAG} {_shown(name)} is none of {', '.join(sorted(by_name))}"
                " (is the extractor of the record registered?)"
            )
        return converter.structure({k: v for k, v in value.items() if k != TAG}, cls)

    return read


def _write_tagged(classes: tuple[type, ...], converter: Converter) -> Callable[[Any], Any]:
    known = set(classes)

    def write(value: Any) -> Any:
        if value is None:
            return None
        cls = type(value)
        if cls not in known:
            raise CatalogueError(f"{cls.__qualname__} is not registered: no extractor gives it")
        return {TAG: cls.__name__, **converter.unstructure(value, unstructure_as=cls)}

    return write


def _mapping(cls: type, converter: Converter) -> Hook:
    read: Hook = make_dict_structure_fn(
        _resolved(cls),
        converter,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=converter.detailed_validation,
    )

    def structure(value: Any, target: Any) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"expected an object, not {_shown(value)}")
        return read(value, target)

    return structure


def _tuple(cls: Any, converter: Converter) -> Hook:
    inner = list_structure = None
    arguments = get_args(cls)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        inner = arguments[0]
        list_structure = converter.get_structure_hook(list[inner])  # type: ignore[valid-type]

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list):
            raise TypeError(f"expected an array, not {_shown(value)}")
        if list_structure is not None:
            return tuple(list_structure(value, list[inner]))  # type: ignore[valid-type]
        if len(value) != len(arguments):
            raise ValueError(f"expected {len(arguments)} elements, not {len(value)}")
        return tuple(
            converter.structure(element, kind)
            for element, kind in zip(value, arguments, strict=True)
        )

    return structure


def _exactly(cls: type) -> Hook:
    def read(value: Any, target: Any) -> Any:
        if target is not cls and issubclass(target, Enum):
            return _enum(value, target)  # an enum of strings comes here too
        if type(value) is not cls:
            raise TypeError(f"expected {_WORDS[cls]}, not {_shown(value)}")
        return value

    return read


_WORDS: dict[type, str] = {str: "a string", bool: "true or false", int: "an integer"}


def _float(value: Any, _: Any) -> float:
    if type(value) not in {int, float} or not math.isfinite(value):
        raise TypeError(f"expected a number, not {_shown(value)}")
    return float(value)


def _decimal(value: Any, _: Any) -> Decimal:
    if not isinstance(value, str) or not DECIMAL.fullmatch(value):
        raise ValueError(f"expected a decimal number as a string, not {_shown(value)}")
    return Decimal(value)


def _enum(value: Any, cls: type[Enum]) -> Enum:
    try:
        return cls(value)
    except ValueError:
        known = ", ".join(repr(member.value) for member in cls)
        raise ValueError(f"{_shown(value)} is none of {known}") from None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def first_error(error: BaseException, path: str = "$") -> tuple[str, str]:
    """The path and the words of the first error in what a detailed converter raised."""
    if isinstance(error, BaseValidationError):
        inner = error.exceptions[0]
        for note in getattr(inner, "__notes__", ()):
            name = getattr(note, "name", None)
            if name is not None:
                return first_error(inner, f"{path}.{name}")
            if (index := getattr(note, "index", None)) is not None:
                return first_error(inner, f"{path}[{index}]")
        return first_error(inner, path)
    if isinstance(error, KeyError):
        return path, f"the key {error.args[0]!r} is missing"
    extra = getattr(error, "extra_fields", None)
    if extra:
        return path, f"unknown key {sorted(extra)[0]!r}"
    return path, str(error)
