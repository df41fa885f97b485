"""Short stable public ids of rows: the same key always gives the same id."""

from __future__ import annotations

import base64
import hashlib
import re

ROW_ID = re.compile(r"[a-z]{1,2}[a-z2-7]{10}")


def row_id(kind: str, *key: object) -> str:
    """One letter for the kind of row and ten base-32 characters of its key's hash (50 bits)."""
    text = "\x1f".join("" if part is None else str(part) for part in key)
    digest = hashlib.blake2b(f"{kind}\x1e{text}".encode(), digest_size=8).digest()
    return kind + base64.b32encode(digest).decode().lower()[:10]
