"""The parts of a package and how they refer to each other, as python-docx's OPC layer tells it.

python-docx is given a copy of the package that holds only what was checked: it unpacks all it
can reach at once, pictures and all, and without a bound. Its own parts and elements are not
used: they parse every part anew, and leave out white space that a report may print.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from attrs import frozen


@frozen(kw_only=True)
class Relation:
    """A relationship of a part: its kind (last segment of the type) and the part it names.

    ``part`` is ``None`` for a target outside the package, which is never followed.
    """

    kind: str
    part: str | None


@frozen(kw_only=True)
class Parts:
    """What python-docx finds in a package; names are without the slash that it puts first.

    ``blobs`` and ``content_types`` are by part name, ``relations`` by part name (empty for the
    package itself) and relationship id.
    """

    blobs: Mapping[str, bytes]
    content_types: Mapping[str, str]
    relations: Mapping[str, Mapping[str, Relation]]


class RefusedError(Exception):
    """python-docx does not open the package."""


def open_parts(members: Mapping[str, bytes]) -> Parts:
    """Open the package that these members make.

    Raises:
        RefusedError: python-docx cannot, as with one relationship to a part that is missing or
            one part without a content type.
    """
    from docx.opc.pkgreader import PackageReader

    try:
        package = PackageReader.from_file(_archive(members))
        parts = [(uri[1:], type_, blob) for uri, type_, _, blob in package.iter_sparts()]
        relations: dict[str, dict[str, Relation]] = {}
        for uri, item in package.iter_srels():
            relations.setdefault(uri[1:], {})[item.rId or ""] = Relation(
                kind=(item.reltype or "").rsplit("/", 1)[-1],
                part=None if item.is_external else item.target_partname[1:],
            )
    except MemoryError:
        raise
    except Exception as error:
        # It names no errors of its own: whatever it stumbles over, the parts can be read.
        raise RefusedError(f"{type(error).__name__}: {error}") from error
    return Parts(
        blobs={name: blob for name, _, blob in parts},
        content_types={name: type_ for name, type_, _ in parts},
        relations=relations,
    )


def _archive(members: Mapping[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as output:
        for name, content in members.items():
            output.writestr(zipfile.ZipInfo(name), content)
    target.seek(0)
    return target
