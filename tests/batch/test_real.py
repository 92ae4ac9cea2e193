"""Published reports, named by the environment, as one batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_parser.batch import Settings
from tests.batch.support import batch, digests
from tests.conftest import real_reports

pytestmark = pytest.mark.real


def test_published_reports_are_all_accounted_for(tmp_path: Path) -> None:
    files = real_reports()
    if not files:
        pytest.skip("DISCLOSURE_REAL_CORPUS and DISCLOSURE_SEED name no reports")
    settings = Settings(workers=2, timeout=300.0)
    found = batch(files, tmp_path / "one", settings)
    assert sorted(entry["file"] for entry in found) == sorted(map(str, files))
    lost = {"crash", "timeout", "memory", "internal"}
    assert not [e for e in found if e.get("error", {}).get("code") in lost]
    assert any(entry["status"] == "complete" for entry in found)
    batch(files, tmp_path / "two", settings, workers=1, recycle=3)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
