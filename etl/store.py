"""The folder of builds, as the database layer keeps it (`observatory.db.store`)."""

from __future__ import annotations

from observatory.db.store import KEEP, Busy, Store, file_hash

__all__ = ["KEEP", "Busy", "Store", "file_hash"]
