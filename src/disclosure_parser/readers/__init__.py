"""Readers: from the bytes of a source to a :class:`~disclosure_parser.document.Document`."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from attrs import evolve

from disclosure_parser.document import Diagnostic, Document, Severity
from disclosure_parser.errors import (
    CorruptDocumentError,
    DisclosureError,
    EmptyDocumentError,
    EncryptedDocumentError,
    LimitExceededError,
    SourceError,
    UnsupportedFormatError,
)
from disclosure_parser.readers.base import Input, Limits
from disclosure_parser.readers.sniff import (
    Format,
    install_command,
    named_format,
    readable,
    sniff,
)

__all__ = ["Input", "Limits", "read_document"]

Reader = Callable[[Input], Document]
#: Names of documents that an OLE file without a document in it has lost.
_OLE_DOCUMENTS = (".doc", ".wps", ".xls", ".et")


def read_document(
    source: str | os.PathLike[str] | bytes | BinaryIO, *, limits: Limits, name: str | None = None
) -> Document:
    """Read a source of any readable format, told by its content.

    Args:
        source: a path, the bytes of a file, or a binary file object.
        limits: bounds on what is opened.
        name: the name to report; the path, or ``<bytes>``, if not given.

    Raises:
        SourceError: it cannot be opened or read.
        EmptyDocumentError: it holds nothing.
        UnsupportedFormatError: its format is not read.
        EncryptedDocumentError: it needs a password.
        LimitExceededError: it is larger than the limits allow.
        CorruptDocumentError: it is damaged beyond reading.
    """
    data, name = _bytes_of(source, name, limits)
    if not data:
        raise EmptyDocumentError(f"{name}: the source is empty")
    try:
        found = sniff(data)
    except CorruptDocumentError as error:
        raise CorruptDocumentError(f"{name}: {error}") from error
    claimed = named_format(name)
    mislabelled = claimed is not None and not _agree(found, claimed, name)
    reader = _reader(found, name, mislabelled=mislabelled)
    document = _read(reader, Input(data=data, name=name, limits=limits), found)
    if not mislabelled:
        return document
    note = Diagnostic(
        code="source.mislabelled",
        message=f"{name} is named as another format but holds a {found.title}; read as that",
        severity=Severity.NOTE,
    )
    return evolve(document, diagnostics=(note, *document.diagnostics))


def _bytes_of(
    source: str | os.PathLike[str] | bytes | BinaryIO, name: str | None, limits: Limits
) -> tuple[bytes, str]:
    """The bytes of a source and its name; never more than the limit is read."""
    if isinstance(source, bytes | bytearray | memoryview):
        name = name or "<bytes>"
        data = bytes(source) if len(source) <= limits.source_bytes else None
    elif isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        name = name or str(path)
        data = _read_path(path, name, limits)
    else:
        given = getattr(source, "name", None)
        name = name or (given if isinstance(given, str) else "<file>")
        data = _read_file(source, name, limits)
    if data is None:
        raise LimitExceededError(f"{name}: larger than {limits.source_bytes} bytes")
    return data, name


def _read_path(path: str, name: str, limits: Limits) -> bytes | None:
    try:
        if Path(path).is_dir():
            raise SourceError(f"{name}: is a folder")
        with open(path, "rb") as file:  # noqa: PTH123 - a path of bytes or str as given
            if os.fstat(file.fileno()).st_size > limits.source_bytes:
                return None
            return _read_file(file, name, limits)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"{name}: {_reason(error)}") from error


def _read_file(file: BinaryIO, name: str, limits: Limits) -> bytes | None:
    parts: list[bytes] = []
    left = limits.source_bytes + 1
    try:
        while left > 0:
            # A raw file may give less than was asked for.
            part = file.read(min(left, 2**24))
            if not isinstance(part, bytes):
                raise SourceError(f"{name}: not a binary file object; open it with mode 'rb'")
            if not part:
                return b"".join(parts)
            parts.append(part)
            left -= len(part)
    except SourceError:
        raise
    except MemoryError as error:
        raise LimitExceededError(f"{name}: too large for the memory") from error
    except Exception as error:  # a file object of the caller raises anything
        raise SourceError(f"{name}: {_reason(error)}") from error
    return None


def _agree(found: Format, claimed: Format, name: str) -> bool:
    """Whether a name fits the content (some suffixes belong to several formats)."""
    return found is claimed or Path(name).suffix.lower() in found.suffixes


def _reader(found: Format, name: str, *, mislabelled: bool) -> Reader:
    labelled = f" (named {Path(name).suffix})" if mislabelled else ""
    if found.encrypted:
        raise EncryptedDocumentError(f"{name}: an {found.title}{labelled}; it cannot be read")
    if found.name == "ole" and Path(name).suffix.lower() in _OLE_DOCUMENTS:
        raise CorruptDocumentError(f"{name}: a damaged OLE file; there is no document in it")
    if found.reader is None:
        raise UnsupportedFormatError(
            f"{name}: {found.title}{labelled} is not read; read are: {readable()}"
        )
    if found.extra is not None and not found.installed:
        raise UnsupportedFormatError(
            f"{name}: reading a {found.title}{labelled} needs the extra {found.extra!r}: "
            f"{install_command(found.extra)}"
        )
    module, function = found.reader.split(":")
    try:
        reader = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    except ImportError as error:
        raise UnsupportedFormatError(
            f"{name}: reading a {found.title} needs a package that is missing: {error}"
        ) from error
    return cast(Reader, reader)


def _read(reader: Reader, source: Input, found: Format) -> Document:
    """Run a reader; what the libraries under it raise becomes an error of ours."""
    try:
        return reader(source)
    except DisclosureError:
        raise
    except (MemoryError, RecursionError) as error:
        raise LimitExceededError(
            f"{source.name}: this {found.title} needs more memory or deeper nesting than allowed"
        ) from error
    except Exception as error:
        raise CorruptDocumentError(
            f"{source.name}: this {found.title} cannot be read: {_where(error)}"
        ) from error


def _where(error: Exception) -> str:
    """What was raised and by which module: the place inside the format is not known here."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = trace.tb_frame.f_globals.get("__name__", "?") if trace is not None else "?"
    return f"{_reason(error)} (in {module})"


def _reason(error: Exception) -> str:
    text = getattr(error, "strerror", None) or str(error)
    text = " ".join(text.split())[:300]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
