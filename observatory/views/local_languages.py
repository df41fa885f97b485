"""Main languages of the economies: their names, how tests call them, what measures their share of the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from observatory.i18n import Translator

SHARE: Final = "common_crawl_language_share"


@dataclass(frozen=True, slots=True)
class Language:
    """A language. ``home``: the economy under which its share of the web is on file; ``scopes``: how tests
    name it, in lower case."""

    id: str
    home: str
    scopes: tuple[str, ...]
    share: str = SHARE


ALL: Final = (
    Language("ko", "KOR", ("ko", "korean")),
    Language("ja", "JPN", ("ja", "japanese", "japanese (finance)")),
    Language("zh-Hans", "CHN", ("zh-hans", "zh", "chinese")),
    Language("zh-Hant", "CHN", ("zh-hant", "traditional chinese")),
    Language("yue", "CHN", ("yue", "cantonese (yue chinese)")),
    Language("vi", "VNM", ("vi", "vietnamese")),
    Language(
        "id",
        "IDN",
        ("id", "indonesian", "indonesian (javanese set)", "indonesian and nine local languages",
         "nine local languages of indonesia"),
    ),
    Language("ms", "MYS", ("ms", "malay")),
    Language("fil", "PHL", ("fil", "tl", "filipino")),
    Language("th", "THA", ("th", "thai")),
    Language("hi", "IND", ("hi", "hindi", "11 indic languages incl. english")),
    Language("ta", "IND", ("ta", "tamil"), "common_crawl_tamil_share"),
    Language("en", "USA", ()),
    Language("fr", "FRA", ("fr", "french")),
    Language("de", "DEU", ("de", "german")),
    Language("he", "ISR", ("he", "hebrew")),
    Language("ar", "", ("ar", "arabic")),
)  # fmt: skip
LANGUAGES: Final = {language.id: language for language in ALL}
# Main languages first; tests in English are no local tests and stay out.
OF: Final[dict[str, tuple[str, ...]]] = {
    "CHN": ("zh-Hans",), "JPN": ("ja",), "KOR": ("ko",), "TWN": ("zh-Hant",),
    "HKG": ("yue", "zh-Hant"), "SGP": ("ms", "zh-Hans", "ta", "en"), "VNM": ("vi",),
    "IDN": ("id",), "MYS": ("ms",), "THA": ("th",), "PHL": ("fil",), "IND": ("hi", "ta"),
    "AUS": ("en",), "USA": ("en",), "GBR": ("en",), "CAN": ("fr", "en"), "FRA": ("fr",),
    "DEU": ("de",), "ISR": ("he",), "ARE": ("ar",),
}  # fmt: skip


def name(language: str, t: Translator) -> str:
    """A language's name."""
    match language:
        case "ko":
            return t("Korean")
        case "ja":
            return t("Japanese")
        case "zh-Hans":
            return t("Chinese")
        case "zh-Hant":
            return t("Chinese in traditional script")
        case "yue":
            return t("Cantonese")
        case "vi":
            return t("Vietnamese")
        case "id":
            return t("Indonesian")
        case "ms":
            return t("Malay")
        case "fil":
            return t("Filipino")
        case "th":
            return t("Thai")
        case "hi":
            return t("Hindi")
        case "ta":
            return t("Tamil")
        case "fr":
            return t("French")
        case "de":
            return t("German")
        case "he":
            return t("Hebrew")
        case "ar":
            return t("Arabic")
        case _:
            return t("English")


def web_name(language: str, t: Translator) -> str:
    """A language's name as crawls tell it apart: scripts and dialects of Chinese are one."""
    return name("zh-Hans" if language in ("zh-Hant", "yue") else language, t)


def languages_of(economy: str) -> tuple[Language, ...]:
    """An economy's main languages."""
    return tuple(LANGUAGES[key] for key in OF.get(economy, ()))
