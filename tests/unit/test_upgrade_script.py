"""What the upgrade script says of newer releases: whom it blames, and when it has nothing to try."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("upgrade", ROOT / "scripts" / "upgrade.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PYTHON", ROOT / "pyproject.toml")  # is there, so none is made
    return module


def test_all_that_is_named_is_pinned(upgrade: ModuleType) -> None:
    named = {upgrade.normal(name.partition("[")[0]) for name in upgrade.direct()}
    assert {"duckdb", "pysdmx", "pytest"} <= named <= set(upgrade.pinned())


def test_the_package_whose_pinned_release_mends_a_test_is_named(
    upgrade: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pins = upgrade.pinned()
    now = {**pins, "duckdb": "99.0", "plotly": "99.0"}
    own = "tests/a.py::fails_anyway"

    def pip(*words: str) -> str:
        for word in words:
            name, mark, version = word.partition("==")
            if mark:
                now[name] = version
        return ""

    def failed(python: object, tests: list[str]) -> list[str]:
        if python != upgrade.PYTHON:
            return [own]
        broken = {
            "tests/a.py::tables": now["duckdb"] == "99.0",
            "tests/a.py::lost": True,
            own: True,
        }
        return [one for one, bad in broken.items() if bad]

    monkeypatch.setattr(upgrade, "pip", pip)
    monkeypatch.setattr(upgrade, "installed", lambda: dict(now))
    monkeypatch.setattr(upgrade, "failed", failed)
    monkeypatch.setattr(upgrade, "broken_checks", list)
    assert upgrade.main([]) == 1
    said = capsys.readouterr().out
    assert f"  duckdb: {pins['duckdb']} -> 99.0" in said
    assert "broken by duckdb: 1 tests\n  tests/a.py::tables\n" in said
    assert "broken by no one package alone: 1 tests\n  tests/a.py::lost\n" in said
    assert own not in said
    assert now["duckdb"] == "99.0"
    now.update(pins)
    assert upgrade.main([]) == 0
    assert "nothing to try" in capsys.readouterr().out
