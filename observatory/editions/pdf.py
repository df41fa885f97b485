"""HTML to PDF with the Chromium of the machine: tagged, with an outline, page numbers by CSS."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

TIMEOUT: Final = 90.0
BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)


class NoPdf(RuntimeError):
    """No PDF could be made. `reason` is `browser` (none is installed) or `failed`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or reason)
        self.reason = reason


def browser() -> str | None:
    """The Chromium that `OBSERVATORY_BROWSER` names, else an installed one."""
    if os.environ.get("OBSERVATORY_NO_BROWSER"):
        return None
    named = os.environ.get("OBSERVATORY_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def to_pdf(html: str) -> bytes:
    """Print a self-contained document. The browser gets no network. Raises `NoPdf`."""
    program = browser()
    if program is None:
        raise NoPdf("browser")
    with tempfile.TemporaryDirectory(prefix="brief-") as folder:
        page, out = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            program, "--headless", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--disable-quic",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer",
            "--export-tagged-pdf", "--generate-pdf-document-outline",
            f"--print-to-pdf={out}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # Chromium refuses its sandbox to root; the document is ours and has no script.
            command.insert(1, "--no-sandbox")
        try:
            # A fixed command on a file that we wrote.
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as fault:
            raise NoPdf("failed", str(fault)) from fault
        if not out.is_file():
            raise NoPdf("failed", "the browser wrote no file")
        return out.read_bytes()
