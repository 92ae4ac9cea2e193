"""The open families of classes: bases under which the registry may add classes.

A value of an open family is written with its class name as ``type``. Adding a family (another
base whose classes are not known to its module) is one entry in :func:`families`.
"""

from __future__ import annotations

import attrs

from disclosure_parser.errors import CatalogueError
from disclosure_parser.sections.model import Record
from disclosure_parser.sections.registry import registry
from disclosure_parser.statements.kinds import CLASSES
from disclosure_parser.statements.model import Statement

#: The key that names the class of a value where several are possible.
TAG = "type"


def families() -> dict[type, tuple[type, ...]]:
    """The base of each open family with the classes in force.

    Raises:
        CatalogueError: two classes of a family share a name, or one has a field named ``type``.
    """
    found: dict[type, tuple[type, ...]] = {
        Record: registry().record_classes(),
        Statement: tuple(CLASSES.values()),
    }
    for classes in found.values():
        check(classes)
    return found


def check(classes: tuple[type, ...]) -> None:
    """Whether classes can be told apart by their names in JSON.

    Raises:
        CatalogueError: see :func:`families`.
    """
    names: dict[str, type] = {}
    for cls in classes:
        if not attrs.has(cls):
            raise CatalogueError(f"{cls.__qualname__} is not an attrs class")
        other = names.setdefault(cls.__name__, cls)
        if other is not cls:
            raise CatalogueError(f"two classes are named {cls.__name__}: {other!r} and {cls!r}")
        if TAG in attrs.fields_dict(cls):
            raise CatalogueError(f"{cls.__qualname__} has a field named {TAG!r}")
