"""The catalogue 目录: which heading wording means which section kind, per template family.

It is data. ``headings.toml`` holds the section kinds that all families share, ``families/*.toml``
how the reports of each template family are built; a user's TOML file adds to both. A file may
have these tables:

``[family]`` – a template family: ``name`` (identifier), ``label`` (Chinese name), ``top`` (form
of the top headings' numbers: ``一、``, ``第一部分`` …), ``sections`` (kinds of the top sections in
their order), ``titles`` (regular expressions, each of which must suit some heading or table
title).

``[kinds.<id>]`` – a section kind, new or known; lists of a known kind are added to it, other
keys replace what is there:

- ``label``: Chinese name (required for a new kind).
- ``aliases``: titles that mean the kind word by word. ``weak``: titles that mean it only under one
  of ``parents`` or behind a section of one of the kinds ``after``. ``patterns``: regular
  expressions for the words of a title; ``not``: those that exclude them. ``run_in``: titles that
  run straight into their sentence (收入预算总计24.5万元).
- ``first``: regular expressions for the first words of a section whose title says nothing.
- ``parents``: kinds it usually stands under (preferred there). ``under``: kinds it only stands
  under. ``child``: the kind of its subsections whose titles say nothing. ``within``: topics under
  which its title keeps its meaning (支出情况 under 一般公共预算); under any other topic it names a
  part of that (支出情况 under 三公经费). ``holds``: the only kinds that stand under it.
- ``part``: it is a part of the whole report, so its title alone on a line is a heading.
  ``leaf``: its numbered paragraphs are lists. ``closed``: nothing in it is a heading.
  ``repeats``: several stand side by side.
- ``weight``: of two kinds that a title suits, the heavier one wins; the first one of equals.

``[form]`` – ``endings`` and ``verbs``: regular expressions for how a topic ends and how a list
item begins (only in ``headings.toml``).

Titles and patterns are compared with the *core* of a title in folded form: without years,
quotation marks, agency names and trailing remarks (:mod:`disclosure_parser.catalogue.titles`).
Aliases may be written as they are printed; patterns have to suit the core. Patterns in files of
your own are in the syntax of the ``regex`` library (``\\p{Han}`` and all); one that takes longer
than a second on a title is an error.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from disclosure_parser.catalogue.headings import Catalogue, Match, SectionKind, TemplateFamily
from disclosure_parser.catalogue.patterns import Pattern, own_pattern, users_pattern
from disclosure_parser.catalogue.titles import core
from disclosure_parser.document import fold_text
from disclosure_parser.errors import CatalogueError

__all__ = ["Catalogue", "Match", "SectionKind", "TemplateFamily", "load"]

_FLAGS = ("part", "leaf", "closed", "repeats")
_LISTS = (
    "aliases",
    "weak",
    "run_in",
    "patterns",
    "not",
    "first",
    "parents",
    "under",
    "after",
    "within",
    "holds",
)
_REGULAR = ("patterns", "not", "first")
_TITLES = ("aliases", "weak")
_KIND_KEYS = {*_FLAGS, *_LISTS, "label", "child", "weight"}
_FAMILY_KEYS = {"name", "label", "top", "sections", "titles"}
_FORM_KEYS = {"endings", "verbs"}
_ATTRIBUTES = {"not": "excluded"}
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_-]*")


def load(*extra: str | os.PathLike[str]) -> Catalogue:
    """The built-in catalogue, with the TOML files of template families added to it.

    A later file wins over an earlier one. Without files the catalogue is read once.

    Raises:
        CatalogueError: a file cannot be read, is not TOML, or holds a key or value that cannot
            be used; the message names the file and the key.
    """
    return _built_in() if not extra else _load([Path(os.fspath(path)) for path in extra])


@cache
def _built_in() -> Catalogue:
    return _load([])


def _load(extra: list[Path]) -> Catalogue:
    builder = _Builder()
    package = files(__package__)
    builder.add("headings.toml", (package / "headings.toml").read_bytes())
    for family in sorted((package / "families").iterdir(), key=lambda entry: entry.name):
        if family.name.endswith(".toml"):
            builder.add(family.name, family.read_bytes())
    for path in extra:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CatalogueError(f"{path}: cannot be read: {error.strerror}") from error
        builder.add(str(path), data, users_pattern)
    return builder.catalogue()


class _Builder:
    """Collects the tables of several files and checks them."""

    def __init__(self) -> None:
        self._kinds: dict[str, dict[str, Any]] = {}
        self._families: dict[str, TemplateFamily] = {}
        self._form: dict[str, str] = {}
        self._references: list[tuple[str, str]] = []

    def add(
        self, name: str, data: bytes, compiled: Callable[[str, str], Pattern] = own_pattern
    ) -> None:
        self._compiled = compiled
        try:
            raw = tomllib.loads(data.decode("utf-8-sig"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CatalogueError(f"{name}: not a TOML file: {error}") from error
        for key, value in raw.items():
            if key not in {"kinds", "family", "form"}:
                raise CatalogueError(f"{name}: {key}: unknown table")
            if not isinstance(value, dict):
                raise CatalogueError(f"{name}: {key}: must be a table")
        for kind, entry in raw.get("kinds", {}).items():
            self._kind(name, kind, entry)
        if "family" in raw:
            self._family(name, raw["family"])
        for key, value in raw.get("form", {}).items():
            if key not in _FORM_KEYS:
                raise CatalogueError(f"{name}: form.{key}: unknown key")
            place = f"form.{key}"
            own_pattern(f"{name}: {place}", _text(name, place, value))
            self._form[key] = value

    def _kind(self, name: str, kind: str, entry: Any) -> None:
        where = f"kinds.{kind}"
        if not _IDENTIFIER.fullmatch(kind):
            raise CatalogueError(f"{name}: {where}: a kind's name is lower-case Latin letters")
        if not isinstance(entry, dict):
            raise CatalogueError(f"{name}: {where}: must be a table")
        known = self._kinds.setdefault(kind, {})
        for key, value in entry.items():
            place = f"{where}.{key}"
            if key not in _KIND_KEYS:
                raise CatalogueError(f"{name}: {place}: unknown key")
            if key in _LISTS:
                texts = _texts(name, place, value)
                if key in _REGULAR:
                    known.setdefault(key, []).extend(
                        self._compiled(f"{name}: {place}", text) for text in texts
                    )
                else:
                    known.setdefault(key, []).extend(texts)
                    if key in _TITLES:
                        # A user writes titles as they are printed; cores are compared.
                        known[key].extend(core(fold_text(text)) for text in texts)
                if key in {"parents", "under", "after", "within", "holds"}:
                    self._references.extend((f"{name}: {place}", text) for text in texts)
            elif key in _FLAGS:
                if not isinstance(value, bool):
                    raise CatalogueError(f"{name}: {place}: must be true or false")
                known[key] = value
            elif key == "weight":
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise CatalogueError(f"{name}: {place}: must be a number")
                known[key] = float(value)
            else:
                known[key] = _text(name, place, value)
                if key == "child":
                    self._references.append((f"{name}: {place}", value))
        if "label" not in known:
            raise CatalogueError(f"{name}: {where}.label: a new kind needs a label")

    def _family(self, name: str, entry: dict[str, Any]) -> None:
        for key in entry:
            if key not in _FAMILY_KEYS:
                raise CatalogueError(f"{name}: family.{key}: unknown key")
        family = _text(name, "family.name", entry.get("name"))
        if not _IDENTIFIER.fullmatch(family):
            raise CatalogueError(f"{name}: family.name: must be lower-case Latin letters")
        sections = _texts(name, "family.sections", entry.get("sections", []))
        self._references.extend((f"{name}: family.sections", text) for text in sections)
        self._families[family] = TemplateFamily(
            name=family,
            label=_text(name, "family.label", entry.get("label")),
            top=_text(name, "family.top", entry.get("top", "-")).strip("-"),
            sections=tuple(sections),
            titles=tuple(
                self._compiled(f"{name}: family.titles", text)
                for text in _texts(name, "family.titles", entry.get("titles", []))
            ),
        )

    def catalogue(self) -> Catalogue:
        for place, kind in self._references:
            if kind not in self._kinds:
                raise CatalogueError(f"{place}: there is no kind {kind!r}")
        kinds = {
            kind: SectionKind(
                id=kind,
                **{_ATTRIBUTES.get(key, key): _frozen(key, value) for key, value in entry.items()},
            )
            for kind, entry in self._kinds.items()
        }
        return Catalogue(
            kinds=kinds,
            families=tuple(self._families.values()),
            endings=re.compile(self._form["endings"]),
            verbs=re.compile(self._form["verbs"]),
        )


def _frozen(key: str, value: Any) -> Any:
    if key in _REGULAR or key == "run_in":
        return tuple(value)
    return frozenset(value) if key in _LISTS else value


def _text(name: str, place: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise CatalogueError(f"{name}: {place}: must be a text")
    return value


def _texts(name: str, place: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
        raise CatalogueError(f"{name}: {place}: must be a list of texts")
    return value
