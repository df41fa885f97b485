"""The public address of this server, and the sites that may know it."""

from __future__ import annotations

import os
import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]{0,200})?"
)


def base() -> str:
    """OBSERVATORY_URL without a slash at its end; empty while none, or none that can be used, is set."""
    given = os.environ.get("OBSERVATORY_URL", "").strip().rstrip("/")
    return given if _ADDRESS.fullmatch(given) else ""
