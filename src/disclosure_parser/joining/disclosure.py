"""From several files to one report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from attrs import evolve, frozen

from disclosure_parser import outline
from disclosure_parser.catalogue import Catalogue, load
from disclosure_parser.collector import rarely_collecting
from disclosure_parser.document import Diagnostic, Document, Severity
from disclosure_parser.errors import DisclosureError, InternalError, MixedDisclosureError
from disclosure_parser.identity import Identity, Scope, identify
from disclosure_parser.joining.copies import copied_tables, copy_of
from disclosure_parser.joining.deciding import contradictions, order, other_scope
from disclosure_parser.joining.merging import Piece, merged
from disclosure_parser.joining.profiles import Profile, profile_of
from disclosure_parser.joining.sources import Source, documents
from disclosure_parser.outline import Outline
from disclosure_parser.parsing import report_of
from disclosure_parser.readers.base import Limits
from disclosure_parser.report import Report


@frozen
class _File:
    outline: Outline
    identity: Identity
    profile: Profile

    @property
    def name(self) -> str:
        return self.profile.name


def parse_disclosure(
    sources: Iterable[Source] | str | os.PathLike[str],
    *,
    limits: Limits | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Parse the files of one disclosure into one report.

    Narrative and tables, attachments, an archive for the agency: the files are put into reading
    order by what they hold, and each place (``report.places``) names its file. What two files
    print alike is read once, and a diagnostic says so. Figures of different scopes are never
    mixed: the reports of a department's units are ``units`` of the report.

    Args:
        sources: paths of files, folders and archives, ``(name, bytes)`` pairs, in any order.
        limits: bounds on what is opened.
        catalogue: as of :func:`disclosure_parser.parse`.

    Raises:
        MixedDisclosureError: the files name different agencies, years or kinds of report.
        DisclosureError: none of the files can be read. If only some cannot, the report has a
            diagnostic (``disclosure.unread``) for each.
    """
    try:
        with rarely_collecting():
            return _parse(sources, limits or Limits(), catalogue or load())
    except (DisclosureError, MemoryError):
        raise
    except Exception as error:
        raise InternalError(f"{type(error).__name__}: {error}") from error


def _parse(
    sources: Iterable[Source] | str | os.PathLike[str], limits: Limits, catalogue: Catalogue
) -> Report:
    if isinstance(sources, str | os.PathLike):
        sources = (sources,)
    said: list[Diagnostic] = []
    found: list[Document] = []
    errors: list[DisclosureError] = []
    for document in documents(sources, limits):
        if isinstance(document, DisclosureError):
            errors.append(document)
            said.append(_said("unread", str(document), Severity.ERROR))
        else:
            found.append(document)
    if not found:
        raise errors[0]
    return join(found, catalogue, said)


def join(
    found: Sequence[Document], catalogue: Catalogue, said: Sequence[Diagnostic] = ()
) -> Report:
    """One report of documents that belong together.

    Raises:
        MixedDisclosureError: they do not.
    """
    files = [_file(document, catalogue) for document in found]
    files = [files[position] for position in order([file.profile for file in files])]
    scopes = _by_scope(files)
    main, *units = [_report(group, said if not n else ()) for n, group in enumerate(scopes)]
    return evolve(main, units=tuple(units)) if units else main


def _file(document: Document, catalogue: Catalogue) -> _File:
    made = outline.build(document, catalogue)
    identity, _ = identify(made.document, made.front, made.sections, made.views)
    return _File(made, identity, profile_of(document.source.name, made, identity))


def _by_scope(files: list[_File]) -> list[list[_File]]:
    """The files of the department, then those of each unit, each in their order.

    Raises:
        MixedDisclosureError: two files of one scope contradict each other, or a unit's is of
            another year or kind than the department's.
    """
    main = next((f for f in files if f.identity.scope is Scope.DEPARTMENT), files[0])
    groups: list[list[_File]] = [[main]]
    for file in (f for f in files if f is not main):
        if other_scope(main.identity, file.identity):
            lead = evolve(file.identity, agency=None)
            _agree(main, file, contradictions(main.identity, lead))
            for group in groups[1:]:
                if not contradictions(group[0].identity, file.identity):
                    group.append(file)
                    break
            else:
                groups.append([file])
        else:
            _agree(main, file, contradictions(main.identity, file.identity))
            groups[0].append(file)
    # The order in which the files are read, the department's own first.
    return [[f for f in files if any(f is one for one in group)] for group in groups]


def _agree(one: _File, other: _File, differences: list[str]) -> None:
    if differences:
        told = "; ".join(differences)
        raise MixedDisclosureError(f"{one.name} and {other.name} are no one disclosure: {told}")


def _report(files: list[_File], said: Sequence[Diagnostic]) -> Report:
    """The report of the files of one scope."""
    kept: list[_File] = []
    pieces: list[Piece] = []
    told = list(said)
    for file in files:
        before = [one.outline for one in kept]
        whole = copy_of(file.outline, before)
        if whole is not None:
            told.append(
                _said("copy", f"{file.name} prints what {kept[whole].name} prints: left out")
            )
            continue
        repeated = copied_tables(file.outline, before)
        for block, place in repeated.items():
            view = next(v for v in file.outline.views if v.block == block)
            title = f" {view.title.text!r}" if view.title is not None else ""
            told.append(
                _said(
                    "repeated", f"{file.name}: a table{title} is printed in {kept[place].name}, too"
                )
            )
        kept.append(file)
        pieces.append(Piece(file.outline, frozenset(repeated)))
    if len(pieces) == 1:
        only = kept[0].outline
        return report_of(only, identity_front=only.front, said=tuple(told))
    return report_of(merged(pieces), identity_front=kept[0].outline.front, said=tuple(told))


def _said(code: str, message: str, severity: Severity = Severity.NOTE) -> Diagnostic:
    return Diagnostic(code=f"disclosure.{code}", message=message, severity=severity)
