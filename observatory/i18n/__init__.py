"""Everything a reader reads goes through here: texts, numbers, money, periods.

`t = translator("ja")`, then `t("Sources")`, `t.n("{n} source", "{n} sources", 3)`,
`t.value(2.4, "USD billion")`. English texts are the message ids.
"""

from observatory.i18n.languages import DEFAULT_LANGUAGE, KNOWN, LANGUAGES, Language, match_language
from observatory.i18n.translate import N_, Translator, translator

__all__ = [
    "DEFAULT_LANGUAGE",
    "KNOWN",
    "LANGUAGES",
    "N_",
    "Language",
    "Translator",
    "match_language",
    "translator",
]
