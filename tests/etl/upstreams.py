"""Small upstream files, parsers at ease with their size, and a made-up upstream for the tiny data."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from etl.refresh.curated import Curated
from etl.refresh.diff import Plan
from etl.refresh.find import offline
from etl.refresh.received import Received
from etl.refresh.run import propose
from etl.refresh.spec import Assertions, Upstream, load

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "fixtures" / "upstream_small"
REAL = ROOT.parent / "shared" / "facts" / "upstream"
TODAY = date(2026, 11, 22)


@cache
def shelf() -> Curated:
    """The shipped files, read once; a comparison never changes them."""
    return Curated(ROOT / "data")


def eased(name: str, **strict: Any) -> Upstream:
    """An upstream whose files may be small, so that only what a test breaks is wrong."""
    upstream = load(name)
    files = {
        role: spec.model_copy(update={"rows": None}) for role, spec in upstream.spec.files.items()
    }
    loose = {"withdrawn_share": 1.0, "growth": 1e9, "revised_share": 1.0, **strict}
    limits = Assertions(**{**upstream.spec.assertions.model_dump(), **loose})
    spec = upstream.spec.model_copy(update={"files": files, "assertions": limits})
    return Upstream(upstream.name, spec, upstream.lookups)


def files_of(name: str, folder: Path | None = None, day: date = TODAY) -> list[Received]:
    return offline(eased(name), (folder or SMALL) / name, day, None, True)


def plan_of(name: str, folder: Path | None = None, day: date = TODAY, **strict: Any) -> Plan:
    """What the small files of an upstream would change on the shipped data."""
    return propose(eased(name, **strict), files_of(name, folder, day), shelf(), day)


TINY_FILE = "Economy,H1 2025 AI Diffusion,H2 2025 AI Diffusion\nChina,40%,{chn}%\nJapan,30%,31%\nNorway,45%,46%\n"


def tiny_upstream() -> Upstream:
    """The diffusion parser, pointed at an indicator and a source of the tiny data."""
    upstream = eased("ai_diffusion")
    spec = upstream.spec.model_copy(
        update={"take": {"indicator": "firms_using", "source": "dataset"}}
    )
    limits = spec.assertions.model_copy(update={"anchors": [], "ranges": {}})
    return Upstream(
        "ai_diffusion", spec.model_copy(update={"assertions": limits}), upstream.lookups
    )
