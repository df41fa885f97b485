"""Company templates for decks: .pptx files that the operator puts into a folder, chosen by name.

Readers give no files of their own: a template is named in a link (`template=<name>`), and the name
is looked up among the files that are there. Nothing of the name reaches the file system.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from observatory.api.problems import Problem, shown

FILE: Final = "OBSERVATORY_DECK_TEMPLATE"
"""The template of decks that name none."""
FOLDER: Final = "OBSERVATORY_DECK_TEMPLATES"
"""The folder with the templates that a link may name."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def offered() -> dict[str, Path]:
    """The templates of the folder by name, in order; files with other names are passed over."""
    folder = os.environ.get(FOLDER, "")
    if not folder:
        return {}
    try:
        found = sorted(Path(folder).glob("*.pptx"))
    except OSError:
        return {}
    return {path.stem: path for path in found if _NAME.fullmatch(path.stem) and path.is_file()}


def chosen(name: str) -> Path | None:
    """The file of a link's template, that of the server where it names none, None for the house's.

    Raises `Problem` (400) where the link names one that is not there.
    """
    if not name:
        given = os.environ.get(FILE, "")
        return Path(given) if given else None
    there = offered()
    if name not in there:
        said = ", ".join(there) or f"none; {FOLDER} names a folder of .pptx files"
        raise Problem(400, f"template={shown(name)} names no template; there are {said}")
    return there[name]


def stamp(path: Path | None) -> str:
    """Changes when another file takes the template's place."""
    if path is None:
        return ""
    try:
        return f"{path}:{path.stat().st_mtime_ns}"
    except OSError:
        return str(path)
