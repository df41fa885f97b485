"""The faces of the app's own fonts reach the browser."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FACES = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]["fontFaces"]
NAME = re.compile(r"[A-Za-z_-][\w-]*(?: [A-Za-z_-][\w-]*)*")


def test_families_are_names_that_css_accepts() -> None:
    """Streamlit writes a family into its style sheet as it stands: a word that starts with a digit
    must be in quotes, else the browser drops the whole face and headings fall back."""
    for face in FACES:
        family = face["family"]
        quoted = len(family) > 2 and family[0] == family[-1] == "'"
        assert quoted or NAME.fullmatch(family), family


def test_files_of_the_faces_are_there() -> None:
    for face in FACES:
        path = ROOT / face["url"].replace("app/", "", 1)
        assert path.read_bytes()[:4] == b"wOF2", face["url"]
