"""Pages are tested on the shipped data, so that none is skipped for want of a build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module", autouse=True)
def _build_of_this_run(shipped: Path) -> Iterator[None]:
    """Point the app at the build while a file of page tests runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(shipped))
        yield
