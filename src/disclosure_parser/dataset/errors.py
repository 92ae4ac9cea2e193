"""Errors of datasets."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from disclosure_parser.errors import DisclosureError


class DatasetError(DisclosureError, ValueError):
    """A folder that is no finished dataset of this version, or a table that it has not."""

    code = "dataset"


class MissingLibraryError(DisclosureError, ImportError):
    """A library that is needed for this is not installed; the message says which extra has it."""

    code = "missing_library"


def needed(module: str, purpose: str, extra: str | None = None) -> ModuleType:
    """Import a module of an optional library.

    Raises:
        MissingLibraryError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        name = f"'disclosure-parser[{extra}]'" if extra is not None else library
        message = f"{purpose} needs {library}: pip install {name}"
        raise MissingLibraryError(message) from error
