"""Pages are tested on a build made for this run of the tests, so that none is skipped for want
of one; a folder named by OBSERVATORY_VAR is taken as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", autouse=True)
def _build_of_this_run(request: pytest.FixtureRequest) -> Iterator[None]:
    """Point the app at the build while a file of page tests runs."""
    if os.environ.get("OBSERVATORY_VAR"):
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OBSERVATORY_VAR", str(request.getfixturevalue("built")))
        yield
