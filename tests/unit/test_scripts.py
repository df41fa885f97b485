"""The commands around the app: the port to serve on, and the browser for the tests."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def port_for(wanted: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "ADDRESS"}
    command = [sys.executable, str(SCRIPTS / "port.py"), wanted]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_first_free_port_is_taken() -> None:
    done = port_for("")
    assert done.returncode == 0
    assert 8501 <= int(done.stdout) <= 8699


def test_a_given_port_is_kept() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = port_for(str(port))
    assert (done.returncode, done.stdout.strip()) == (0, str(port))


def test_a_busy_port_is_said(busy_port: int) -> None:
    done = port_for(str(busy_port))
    assert done.returncode == 1
    assert f"Port {busy_port} on 127.0.0.1 is busy" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("wanted", ["0", "65536", "-1", "http", "85 01", "٨٥٠١"])
def test_what_is_no_port_is_refused(wanted: str) -> None:
    done = port_for(wanted)
    assert done.returncode == 2
    assert "PORT must be a number" in done.stderr


def test_no_python_is_said(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "setup.sh"
    script.write_bytes((SCRIPTS / "setup.sh").read_bytes())
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "rm"):
        where = next(path for path in ("/bin", "/usr/bin") if Path(path, name).exists())
        (tools / name).symlink_to(Path(where, name))
    done = subprocess.run(
        ["/usr/bin/env", "bash", str(script), "run"],
        capture_output=True,
        text=True,
        env={"PATH": str(tools)},
    )
    assert done.returncode == 1
    assert "No Python 3.11 or newer was found" in done.stderr


# Browser ------------------------------------------------------------------------------------


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/browser.py on a machine that has nothing and may install nothing."""
    spec = importlib.util.spec_from_file_location("browser_script", SCRIPTS / "browser.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.delenv("OBSERVATORY_BROWSER", raising=False)
    monkeypatch.setattr(module, "installed", lambda: iter(()))
    monkeypatch.setattr(module, "of_playwright", lambda: iter(()))
    monkeypatch.setattr(module, "may_install", lambda: None)
    monkeypatch.setattr(module, "starts", lambda _: True)
    monkeypatch.setattr(module, "has_cjk_font", lambda: True)
    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: None)
    return module


def test_a_named_browser_comes_first(browser: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBSERVATORY_BROWSER", "/named")
    monkeypatch.setattr(browser, "installed", lambda: iter(["/installed"]))
    assert browser.find() == "/named"
    monkeypatch.setattr(browser, "starts", lambda path: path != "/named")
    assert browser.find() == "/installed"


def test_a_stub_that_does_not_start_is_passed_over(
    browser: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "installed", lambda: iter(["/snap-stub"]))
    monkeypatch.setattr(browser, "of_playwright", lambda: iter(["/downloaded"]))
    monkeypatch.setattr(browser, "starts", lambda path: path == "/downloaded")
    assert browser.find() == "/downloaded"


def test_debian_packages_are_installed_where_allowed(
    browser: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def install(_: list[str], *packages: str) -> bool:
        asked.append(packages)
        monkeypatch.setattr(browser, "installed", lambda: iter(["/usr/bin/chromium"]))
        return True

    monkeypatch.setattr(browser, "may_install", list)
    monkeypatch.setattr(browser, "is_debian", lambda: True)
    monkeypatch.setattr(browser, "apt_install", install)
    assert browser.find() == "/usr/bin/chromium"
    assert asked == [("chromium", "fonts-noto-cjk")]


def test_no_browser_is_said_loudly(browser: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert browser.main() == 1
    out = capsys.readouterr()
    assert "NO BROWSER" in out.err
    assert out.out == ""
