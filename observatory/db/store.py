"""The folder of builds: lock, immutable files, and the pointer that says which one is served."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock, Timeout

from observatory.db.pointer import POINTER, Build, read_pointer

KEEP = 5
"""Builds kept for rollback and for links that pin one."""


class Busy(Exception):
    """Another build holds the lock; the message names its process."""


class Store:
    """Builds below one folder. Writing needs the lock; reading never does."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / POINTER

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the build lock, or raise Busy at once."""
        self.root.mkdir(parents=True, exist_ok=True)
        owner = self.root / "build.pid"
        lock = FileLock(self.root / "build.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            held = owner.read_text(encoding="utf-8").strip() if owner.exists() else "unknown"
            raise Busy(
                f"another build is running (process {held}); wait for it or end it"
            ) from error
        try:
            owner.write_text(str(os.getpid()), encoding="utf-8")
            for left in self.root.glob(".tmp-*"):
                left.unlink(missing_ok=True)
            yield
        finally:
            owner.unlink(missing_ok=True)
            lock.release()

    def builds(self) -> list[Build]:
        """Kept builds, newest first. A damaged pointer counts as none: a new build replaces it."""
        try:
            return list(read_pointer(self.root).builds)
        except ValueError:
            return []

    def current(self) -> Build | None:
        try:
            pointer = read_pointer(self.root)
        except ValueError:
            return None
        return pointer.find(pointer.current)

    def find(self, build_id: str) -> Build | None:
        return next((build for build in self.builds() if build.build_id == build_id), None)

    def path(self, build: Build) -> Path:
        return self.root / build.file

    def temporary(self, build_id: str) -> Path:
        return self.root / f".tmp-{build_id}-{os.getpid()}.duckdb"

    def publish(self, temporary: Path, build: Build) -> None:
        """Give the finished file its name, then point at it; both survive a crash at any moment."""
        _sync(temporary)
        temporary.chmod(0o444)
        temporary.replace(self.path(build))
        _sync_folder(self.root)
        others = [entry for entry in self.builds() if entry.build_id != build.build_id]
        kept = [build, *others][:KEEP]
        self._point(build.build_id, kept)
        # Older builds, and files whose build ended between its two steps, are nobody's any more.
        named = {entry.file for entry in kept}
        for path in self.root.glob("observatory-*.duckdb"):
            if path.name not in named:
                path.unlink(missing_ok=True)

    def point_to(self, build: Build) -> None:
        self._point(build.build_id, self.builds())

    def _point(self, current: str, builds: list[Build]) -> None:
        text = json.dumps(
            {"current": current, "builds": [asdict(b) for b in builds]}, indent=1, sort_keys=True
        )
        draft = self.root / f"{POINTER}.tmp"
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.pointer)
        _sync_folder(self.root)


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
