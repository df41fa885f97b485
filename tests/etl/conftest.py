"""A breakable copy of the tiny data set, and the proof that a broken one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import change
from tiny import Refuse, Tiny, place_of, run, state


@pytest.fixture
def tiny(tmp_path: Path, tiny_built: Path) -> Tiny:
    return Tiny(tmp_path, tiny_built)


@pytest.fixture
def refuse(tiny: Tiny, capsys: pytest.CaptureFixture[str]) -> Refuse:
    """Build and expect exactly these errors as (place, check); nothing may be published."""

    def refuse(*expected: tuple[str, str]) -> list[str]:
        before = state(tiny.var)
        code = run("build", "--data", tiny.data, "--var", tiny.var)
        lines = capsys.readouterr().err.splitlines()
        assert code == 1, lines
        assert state(tiny.var) == before
        findings = [line for line in lines[:-1] if not line.endswith("more like these")]
        places = [place_of(line) for line in findings]
        assert places == [(f"tiny/{place}", check) for place, check in expected], lines
        assert lines[-1].startswith(
            f"{len(expected)} errors; nothing was published, still serving build "
        )
        return findings

    return refuse


@pytest.fixture(scope="session")
def two_built(tmp_path_factory: pytest.TempPathFactory, tiny_built: Path) -> Tiny:
    """The tiny data and a changed copy of it, built once."""
    both = Tiny(tmp_path_factory.mktemp("two"), tiny_built)
    change(both, 50)
    assert run("build", "--data", both.data, "--var", both.var) == 0
    return both


@pytest.fixture
def two(tmp_path: Path, two_built: Tiny) -> Tiny:
    """Two builds: 42.5 in the first, 50 in the second, which is served."""
    copy = Tiny(tmp_path, two_built.var)
    change(copy, 50)
    return copy
