"""Gettext catalogues, read from `.po` files once a process.

`messages.po` holds the interface, `data.po` the names, units and definitions of indicators.
English has no catalogue: the message ids are the English text.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from observatory.i18n.languages import KNOWN

LOCALES_DIR: Final = Path(__file__).parent / "locales"


def _one_form(_: int) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Messages:
    """Translations of one language: plain ones by msgid, plural ones by singular msgid."""

    plain: dict[str, str] = field(default_factory=dict)
    plural: dict[str, Sequence[str]] = field(default_factory=dict)
    plural_index: Callable[[int], int] = _one_form

    def get(self, msgid: str) -> str | None:
        """Return the translation, or None where there is none."""
        return self.plain.get(msgid)

    def get_plural(self, singular: str, n: int) -> str | None:
        """Return the form for the count `n`, or None where there is none."""
        forms = self.plural.get(singular)
        if not forms:
            return None
        index = self.plural_index(n)
        return forms[index] if index < len(forms) else forms[-1]


@lru_cache(maxsize=32)
def load_messages(lang: str, domain: str, locales_dir: Path = LOCALES_DIR) -> Messages:
    """Read `<locales_dir>/<locale>/<domain>.po`; a missing file gives no translations.

    Fuzzy and empty entries are left out, so that a reader sees English rather than a guess.
    """
    path = locales_dir / KNOWN[lang].locale / f"{domain}.po"
    if not path.is_file():
        return Messages()
    with path.open("rb") as file:
        catalog = read_po(file, locale=KNOWN[lang].locale, domain=domain)
    plain: dict[str, str] = {}
    plural: dict[str, Sequence[str]] = {}
    for message in catalog:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.id, str):
            if isinstance(message.string, str) and message.string:
                plain[message.id] = message.string
        elif not isinstance(message.string, str) and message.string and all(message.string):
            plural[message.id[0]] = tuple(message.string)
    return Messages(plain, plural, gettext.c2py(catalog.plural_expr))
