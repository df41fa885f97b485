"""A file as it came, and the first look at it: empty, cut off, a web page instead of data."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from etl.refresh.faults import Fault, brief

_DAY = re.compile(r"(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes of one upstream file. ``address`` is a web address, or the file's name if read offline."""

    role: str
    name: str
    blob: bytes = field(repr=False)
    address: str
    read_on: date
    published: str | None = None
    """As the file, its name or its server states it; a canonical period."""
    path: str = ""
    """Folder and name where it was read from a folder: some files say what they are only there."""
    unchanged: bool = False
    """The server says that it is the file read before."""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.blob).hexdigest()

    @property
    def where(self) -> str:
        return self.name


def dated(name: str) -> str | None:
    """Day that stands in a file's name or folder, if one does."""
    found = None
    for found in _DAY.finditer(name):  # noqa: B007 - the last one counts
        pass
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def local(role: str, path: Path, read_on: date, published: str | None, limit_mb: float) -> Received:
    """A file from disk. Raises Fault for one too large to be it; OSError as it comes."""
    size = path.stat().st_size
    if size > limit_mb * 1e6:
        raise Fault(f"at most {limit_mb:g} MB", f"{size / 1e6:.1f} MB", path.name)
    stated = published or dated(f"{path.parent.name}/{path.name}")
    place = f"{path.parent.name}/{path.name}"
    return Received(role, path.name, path.read_bytes(), path.name, read_on, stated, path=place)


def first_look(item: Received, form: str) -> None:
    """Raises Fault for what is no data file at all, whatever its name says."""
    blob = item.blob
    if not blob.strip():
        raise Fault(f"a {form} file", "an empty file", item.where)
    head = blob[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml version", b"<body")):
        title = re.search(rb"<title[^>]*>(.*?)</title>", blob[:20000], re.I | re.S)
        said = f" titled {brief(title[1].decode('utf-8', 'replace'))!r}" if title else ""
        raise Fault(f"a {form} file", f"a web page (HTML){said}", item.where)
    if head.startswith(b"version https://git-lfs"):
        raise Fault(f"a {form} file", "a pointer to large-file storage, not the file", item.where)
    zipped = blob.startswith(b"PK\x03\x04")
    if form == "xlsx" and not zipped:
        old = (
            " (the old XLS format; save it as XLSX)" if blob.startswith(b"\xd0\xcf\x11\xe0") else ""
        )
        raise Fault("an XLSX workbook", f"{brief(blob[:40])}{old}", item.where)
    if form != "xlsx" and blob.startswith(b"\x1f\x8b"):
        raise Fault(f"a {form} file", "a gzip archive; unpack it first", item.where)
