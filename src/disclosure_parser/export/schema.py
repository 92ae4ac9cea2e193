"""The JSON Schema of reports, generated from the classes.

``report.schema.json`` beside this module is the schema of the built-in classes, committed; a
test holds the two together. :func:`json_schema` knows registered record classes too.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from disclosure_parser.export.classes import TAG, families
from disclosure_parser.export.converter import DECIMAL, union_members
from disclosure_parser.report import SCHEMA, Report

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "string", "pattern": f"^{DECIMAL.pattern}$"},
    NoneType: {"type": "null"},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of reports with the record classes in force."""
    return schema_of(Report, SCHEMA)


def schema_of(root: type, version: str) -> dict[str, Any]:
    """The JSON Schema of a class whose field ``schema`` says its version."""
    builder = _Builder(families())
    body = builder.object(root)
    body["properties"] = {**body["properties"], "schema": {"const": version}}
    body["required"] = ["schema", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:disclosure-parser:{version.replace('/', ':')}",
        "title": version,
        **body,
        "$defs": dict(sorted(builder.definitions.items())),
    }


def schema_text() -> str:
    """The generated schema as it is committed."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"


def committed_schema() -> str:
    """The schema that is shipped with the package: that of the built-in classes."""
    return (files(__package__) / "report.schema.json").read_text("utf-8")


class _Builder:
    def __init__(self, known: dict[type, tuple[type, ...]]) -> None:
        self._families = known
        self._names: dict[tuple[type, str], str] = {}
        self.definitions: dict[str, Any] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if kind in self._families:
            return self._tagged(self._families[kind])
        if union_members(kind):
            options = self._tagged(union_members(kind))
            if NoneType in get_args(kind):
                options["oneOf"].append({"type": "null"})
            return options
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in {Union, UnionType}:
            return {"anyOf": [self.of(argument) for argument in arguments]}
        if origin is tuple and arguments[-1] is Ellipsis:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is tuple:
            return {
                "type": "array",
                "prefixItems": [self.of(argument) for argument in arguments],
                "items": False,
                "minItems": len(arguments),
            }
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._reference(kind, self._enum)
        if attrs.has(kind):
            return self._reference(kind, self.object)
        raise TypeError(f"no JSON form for {kind!r}")

    def object(self, cls: type) -> dict[str, Any]:
        """The schema of an attrs class."""
        fields = [field for field in attrs.fields(attrs.resolve_types(cls)) if field.init]
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {field.name: self.of(field.type) for field in fields},
            "required": [field.name for field in fields if field.default is attrs.NOTHING],
            "additionalProperties": False,
        }
        return _described(cls, schema)

    def _tagged(self, classes: tuple[type, ...]) -> dict[str, Any]:
        return {"oneOf": [self._reference(cls, self._tagged_object, ".tagged") for cls in classes]}

    def _tagged_object(self, cls: type) -> dict[str, Any]:
        schema = self.object(cls)
        schema["properties"] = {TAG: {"const": cls.__name__}, **schema["properties"]}
        schema["required"] = [TAG, *schema["required"]]
        return schema

    def _enum(self, cls: type[Enum]) -> dict[str, Any]:
        return _described(cls, {"enum": [member.value for member in cls]})

    def _reference(
        self, cls: type, make: Callable[[type], Any], suffix: str = ""
    ) -> dict[str, Any]:
        """A reference to the definition of a class, which is made when it is first met."""
        key = (cls, suffix)
        if key not in self._names:
            module = cls.__module__.rpartition(".")[2]
            plain = (cls.__name__, f"{module}.{cls.__name__}", f"{cls.__module__}.{cls.__name__}")
            names = (name + end for end in ("", suffix or ".plain") for name in plain)
            # The name is kept before the definition is made: a class may contain itself.
            self._names[key] = next(name for name in names if name not in self.definitions)
            self.definitions[self._names[key]] = {}
            self.definitions[self._names[key]] = make(cls)
        return {"$ref": f"#/$defs/{self._names[key]}"}


def _described(cls: type, schema: dict[str, Any]) -> dict[str, Any]:
    words = inspect.cleandoc(cls.__dict__.get("__doc__") or "")
    words = re.sub(r"[ \t]*\n(?!\n)[ \t]*", " ", words.replace("\n\n", "\0")).replace("\0", "\n")
    return {"description": words.strip(), **schema} if words else schema
