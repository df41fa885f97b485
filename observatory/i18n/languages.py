"""The languages of the interface and how a request for one is understood."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One interface language: BCP 47 `id`, folder and Babel locale, its own name.

    `started`: translation is under way. Such a language is shown to who asks for it by `?lang=`,
    with English where a text is missing; it is not offered, and its catalogues may have gaps.
    """

    id: str
    locale: str
    name: str
    started: bool = False


KNOWN: Final = MappingProxyType(
    {
        language.id: language
        for language in (
            Language("en", "en", "English"),
            Language("zh-Hans", "zh_Hans", "简体中文"),
            Language("zh-Hant", "zh_Hant", "繁體中文"),
            Language("ja", "ja", "日本語"),
            Language("ko", "ko", "한국어"),
        )
    }
)
"""Languages by id, the started ones too."""

LANGUAGES: Final = MappingProxyType(
    {name: language for name, language in KNOWN.items() if not language.started}
)
"""Languages that are offered, in the order of the language switch. Iterating gives the ids."""

DEFAULT_LANGUAGE: Final = "en"

_OWN_FORMS: Final = frozenset({"en", "zh-Hans", "zh-Hant", "ja", "ko"})

_TRADITIONAL_REGIONS: Final = frozenset({"tw", "hk", "mo"})


def forms_of(lang: str) -> str:
    """The language whose forms of numbers, money and periods are used: its own or the English."""
    return lang if lang in _OWN_FORMS else DEFAULT_LANGUAGE


def match_language(wanted: str | None, *, started: bool = True) -> str | None:
    """Return the id of the interface language that `wanted` asks for, else None.

    Accepts ids of other forms of the same language: `zh-TW`, `zh_Hant_HK`, `JA`, `ko-KR`.
    `started` False: offered languages only, for what a browser asks for by itself.
    """
    if not wanted or len(wanted) > 35:
        return None
    parts = wanted.strip().lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        traditional = "hant" in parts or (
            "hans" not in parts and not _TRADITIONAL_REGIONS.isdisjoint(parts)
        )
        return "zh-Hant" if traditional else "zh-Hans"
    return parts[0] if parts[0] in (KNOWN if started else LANGUAGES) else None
