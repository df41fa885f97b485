"""A page's own URL parameters: what was asked for, and what of it cannot be used."""

from __future__ import annotations

from collections.abc import Container, Mapping

from observatory.cards.filters import Note, shorten


class Asked:
    """Parameters of a link, read by name. What cannot be used falls back and is kept. Never raises."""

    def __init__(self, given: Mapping[str, str | None]) -> None:
        self._given = given
        self.bad: list[tuple[str, str]] = []
        """(parameter, value) of what could not be used, in the order of reading."""

    def text(self, name: str) -> str:
        """The value as it stands; empty without one."""
        return self._given.get(name) or ""

    def drop(self, name: str) -> None:
        """Keep the value as one that could not be used."""
        self.bad.append((name, self.text(name)))

    def one(self, name: str, allowed: Container[str], default: str = "") -> str:
        """The value if it is allowed, else the default."""
        value = self.text(name)
        if value in allowed:
            return value
        if value:
            self.drop(name)
        return default

    def whole(self, name: str, least: int, most: int, default: int = 1) -> int:
        """A whole number between two of at most four digits, else the default."""
        value = self.text(name)
        if value.isascii() and value.isdigit() and len(value) <= 4 and least <= int(value) <= most:
            return int(value)
        if value:
            self.drop(name)
        return default

    def order(self, columns: Container[str], default: str) -> tuple[str, bool]:
        """Column of `sort`, and whether the largest stands first (`-column`)."""
        value = self.text("sort") or default
        if value.removeprefix("-") not in columns:
            if value != default:
                self.drop("sort")
            value = default
        return value.removeprefix("-"), value.startswith("-")

    @property
    def names(self) -> list[str]:
        """Parameters whose values could not be used."""
        return [name for name, _ in self.bad]

    @property
    def pairs(self) -> list[str]:
        """What could not be used as `name=value`, shortened for a sentence."""
        return [shorten(f"{name}={value}") for name, value in self.bad]

    @property
    def notes(self) -> list[Note]:
        """The same as notes of the frame."""
        return [Note("extra", pair) for pair in self.pairs]
