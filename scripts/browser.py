"""Find a browser for the tests, or get one; print the path of its executable.

In this order: OBSERVATORY_BROWSER, an installed Chromium or Chrome, Playwright's own if it is
there, Debian's packages where this user may install them, Playwright's download. Exits 1, with
a banner, where none of them starts.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
BANNER = """
######################################################################
#  NO BROWSER: none is installed, and none could be installed.       #
#  The browser tests will be reported as ERRORS, not as passed.      #
#  Install Chromium or Chrome, or name one in OBSERVATORY_BROWSER;   #
#  ALLOW_NO_BROWSER=1 make test skips these tests instead.           #
######################################################################
"""


def say(text: str) -> None:
    """Tell the user; standard output is for the path alone."""
    print(text, file=sys.stderr, flush=True)


def starts(executable: str) -> bool:
    """Say whether the browser draws an empty page: stubs and missing libraries show here."""
    command = [executable, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
    try:
        done = subprocess.run(
            [*command, "--dump-dom", "about:blank"],
            capture_output=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"<html>" in done.stdout


def installed() -> Iterator[str]:
    """Yield the browsers of this machine."""
    for command in COMMANDS:
        path = shutil.which(command)
        if path:
            yield path
    yield from (path for path in MAC_APPS if Path(path).is_file())


def of_playwright() -> Iterator[str]:
    """Yield the browser that Playwright has downloaded, if it has."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    path = done.stdout.strip()
    if done.returncode == 0 and Path(path).is_file():
        yield path


def may_install() -> list[str] | None:
    """Return the prefix for commands of the administrator, None where this user has none."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True)
        if allowed.returncode == 0:
            return ["sudo", "-n"]
    return None


def apt_install(prefix: list[str], *packages: str) -> bool:
    """Install Debian packages; False where that fails."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    say(f"Installing {' '.join(packages)}")
    try:
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run([*apt, *step], stdout=sys.stderr, timeout=900)
            if done.returncode != 0 and step != ["update"]:
                return False
    except (OSError, subprocess.TimeoutExpired):
        return False
    return True


def has_cjk_font() -> bool:
    """Say whether Chinese, Japanese and Korean can be drawn."""
    if platform.system() != "Linux":
        return True
    names = ("*CJK*", "*SourceHan*", "*wqy*")
    folders = [Path(folder) for folder in (*FONT_FOLDERS, Path.home() / ".fonts")]
    return any(next(folder.rglob(name), None) for folder in folders for name in names)


def is_debian() -> bool:
    """Say whether `chromium` is a real package here: on Ubuntu it only points to a snap."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return "ID=debian" in lines


def find() -> str | None:
    """Return the path of a browser that starts, getting one where needed."""
    named = os.environ.get("OBSERVATORY_BROWSER")
    if named:
        if starts(named):
            return named
        say(f"OBSERVATORY_BROWSER={named} does not start; looking for another one.")
    for source in (installed, of_playwright):
        for path in source():
            if starts(path):
                return path
    prefix = may_install()
    if prefix is not None and is_debian() and apt_install(prefix, "chromium", "fonts-noto-cjk"):
        for path in installed():
            if starts(path):
                return path
    say("Downloading Playwright's Chromium")
    download = [sys.executable, "-m", "playwright", "install"]
    if prefix is not None:
        download.append("--with-deps")
    try:
        subprocess.run([*download, "chromium"], stdout=sys.stderr, timeout=900)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return next((path for path in of_playwright() if starts(path)), None)


def main() -> int:
    """Print the path and return the exit code."""
    path = find()
    if path is None:
        say(BANNER)
        return 1
    if not has_cjk_font():
        prefix = may_install()
        if prefix is None or not apt_install(prefix, "fonts-noto-cjk"):
            say("Note: no CJK font was found; Chinese, Japanese and Korean may show as boxes.")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
