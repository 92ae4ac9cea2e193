"""Fixtures of several test folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples at every run: what a change breaks is seen by the change, not by the next one.
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("default", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

CORPUS = Path(__file__).parent.parent / "corpus"


def corpus_reports() -> list[Path]:
    """The reports of the corpus, all forms of each."""
    return sorted(CORPUS.glob("*/report*.*"))


def real_reports() -> list[Path]:
    """The published reports that the environment names."""
    folders = [os.environ.get(name) for name in ("DISCLOSURE_REAL_CORPUS", "DISCLOSURE_SEED")]
    return [
        path
        for folder in folders
        if folder
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and path.name != "README.md"
    ]


@pytest.fixture
def corpus() -> Path:
    """The folder of the corpus."""
    return CORPUS
