"""Errors in one format: application/problem+json (RFC 9457)."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import orjson

MEDIA: Final = "application/problem+json"
_SHOWN: Final = 60


@dataclass
class Problem(Exception):
    """What went wrong, for whom asks. `more` goes into the answer beside the standard members."""

    status: int
    detail: str
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> bytes:
        """The answer's text."""
        return orjson.dumps(
            {
                "type": "about:blank",
                "title": HTTPStatus(self.status).phrase,
                "status": self.status,
                "detail": self.detail,
                **self.more,
            }
        )


def shown(value: str) -> str:
    """A value from outside in a form that can be printed in one line."""
    clean = "".join(ch if ch.isprintable() else " " for ch in value[: _SHOWN * 2]).strip()
    return clean if len(clean) <= _SHOWN else clean[: _SHOWN - 1] + "…"


def bad_value(name: str, value: str, expected: str, **more: Any) -> Problem:
    """400 for a parameter whose value cannot be used."""
    return Problem(
        400, f"{name}={shown(value)} cannot be used: {expected}", {"parameter": name, **more}
    )


def no_such(name: str, value: str, known: Collection[str], where: str) -> Problem:
    """400 for an id that nothing has, with the ids nearest to it; `where` lists them all."""
    near = difflib.get_close_matches(value.lower(), sorted(known), 5, 0.6)
    near += [one for one in sorted(known) if one.startswith(value.lower()) and one not in near]
    hint = f"the nearest are {', '.join(near[:5])}" if near else "nothing is called like it"
    return bad_value(name, value, f"there is no such id; {hint}; {where} lists all", near=near[:5])


def unknown(names: Sequence[str], known: Sequence[str]) -> Problem:
    """400 for parameters that do not exist here."""
    said = ", ".join(shown(name) for name in names[:5])
    return Problem(
        400, f"unknown parameters: {said}; this address knows: {', '.join(known)}",
        {"unknown": [shown(name) for name in names[:20]], "known": list(known)},
    )  # fmt: skip
