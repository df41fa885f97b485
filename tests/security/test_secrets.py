"""No key and no password in the repository; and the scan would see one."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def scan() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "secrets_scan", ROOT / "scripts" / "secrets_scan.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_repository_holds_none(scan: ModuleType) -> None:
    done = subprocess.run(
        [sys.executable, str(Path("scripts") / "secrets_scan.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert len(scan.files()) > 200


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        # In two parts, so that the scan does not find this file.
        ("private key", ("-----BEGIN RSA PRI", "VATE KEY-----")),
        ("AWS key", ("AKIA", "ABCDEFGHIJKLMNOP")),
        ("GitHub token", ("ghp_", "a" * 36)),
        ("GitLab token", ("glpat-", "a" * 20)),
        ("Slack token", ("xoxb-", "1234567890-abc")),
        ("Google key", ("AIza", "b" * 35)),
        ("API key", ("sk-proj-", "c" * 40)),
        ("signed token", ("eyJhbGciOiJIUz", ".eyJzdWIiOiIxMjM0.abcdefghijkl")),
        ("password in an address", ("postgres://me:hun", "ter22@db.example/x")),
        ("password in a setting", ("passw", "ord = 'correct-horse'")),
    ],
)
def test_the_scan_sees_one(scan: ModuleType, kind: str, parts: tuple[str, str]) -> None:
    assert list(scan.found_in("x\n" + "".join(parts))) == [(2, kind)]
    assert not list(scan.found_in(parts[0]))
