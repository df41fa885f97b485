"""What a link to a page looks like elsewhere: title, sentence and picture, and the data for searchers."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from typing import Any, Final

from observatory.api.resources import BASE, FORMATS
from observatory.cards.filters import shorten
from observatory.i18n import LANGUAGES, N_, match_language, translator
from observatory.ui import data, nav

TITLE: Final = N_("East Asia AI Observatory")
DESCRIPTION: Final = N_(
    "Indicators of the AI ecosystems of East Asia and Asia's middle powers. Every number opens "
    "its receipt: value, unit, period, source, date, status."
)
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
PICTURE: Final = "/app/static/social.png"
ALONE: Final = """<noscript><style>#root{{display:none}}
.alone{{max-width:40rem;margin:12vh auto;padding:0 16px;font:16px/1.6 Inter,system-ui,sans-serif;color:#1A2027}}
.alone a{{color:#1F5F6B}}@media (prefers-color-scheme:dark){{.alone{{color:#E9E6DF}}.alone a{{color:#8FC7CF}}}}
</style><div class="alone"><h1>{title}</h1>{lines}</div></noscript>"""
_LOCALES: Final = {
    "en": "en_US",
    "zh-Hans": "zh_CN",
    "zh-Hant": "zh_TW",
    "ja": "ja_JP",
    "ko": "ko_KR",
}


NEEDS: Final = N_("These pages need JavaScript. The data can be read without it.")


def without_script(path: str, *, known: bool) -> bytes:
    """What a reader without JavaScript sees: whose page it is and where the data are, in every language."""
    lines = []
    for lang in LANGUAGES:
        t = translator(lang)
        way = f'<a href="./api/?lang={lang}">{escape(t("Open data"))}</a>'
        lines.append(f'<p lang="{lang}">{escape(t(NEEDS))} {way}</p>')
    if not known:
        missing = translator("en")("There is no page “{value}”.", value=shorten(path.strip("/")))
        lines.insert(0, f'<p>{escape(missing)} <a href="./">{escape(TITLE)}</a></p>')
    return ALONE.format(title=escape(TITLE), lines="".join(lines)).encode()


def script(value: Any) -> str:
    """A value as JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def dataset(address: str, opened: data.Opened | None, names: tuple[str, ...]) -> dict[str, Any]:
    """schema.org/Dataset of the served build. `names`: what is measured; without an address
    whatever needs one is left out."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": TITLE,
        "description": DESCRIPTION,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": {"@type": "Organization", "name": TITLE},
        "spatialCoverage": "East Asia, South-East Asia, India, Australia",
        "keywords": ["artificial intelligence", "East Asia", "AI policy", "semiconductors"],
    }
    if names:
        found["variableMeasured"] = list(names)
    if opened is not None:
        found["version"] = opened.build_id
        if opened.data_date:
            found["dateModified"] = opened.data_date.isoformat()
    if address:
        found["url"] = f"{address}/"
        found["distribution"] = [
            {"@type": "DataDownload", "encodingFormat": FORMATS[form], "name": f"Headline values, {form}",
             "contentUrl": f"{address}{BASE}/headlines?format={form}&limit=10000"}
            for form in ("json", "csv", "parquet")
        ]  # fmt: skip
    return found


@lru_cache(maxsize=256)
def tags(path: str, lang: str, address: str) -> str:
    """Title, description and social preview of the page at a path, in a language."""
    t = translator(lang)
    page = nav.find(path)
    brand, said = t(TITLE), t(DESCRIPTION)
    title = brand if page is None or page == nav.home() else f"{t(page.title)} · {brand}"
    where = f"{address}{nav.path_of(page) if page else '/'}"
    marks = [("property", "og:type", "website"), ("property", "og:site_name", brand),
             ("property", "og:title", title), ("property", "og:description", said),
             ("property", "og:locale", _LOCALES.get(lang, "en_US")),
             ("name", "twitter:title", title), ("name", "twitter:description", said)]  # fmt: skip
    if address:
        marks += [("property", "og:url", where), ("property", "og:image", address + PICTURE),
                  ("property", "og:image:width", "1200"), ("property", "og:image:height", "630"),
                  ("property", "og:image:alt", brand),
                  ("name", "twitter:card", "summary_large_image")]  # fmt: skip
    else:
        marks.append(("name", "twitter:card", "summary"))
    metas = "".join(
        f'<meta {kind}="{name}" content="{escape(text)}" />' for kind, name, text in marks
    )
    canonical = f'<link rel="canonical" href="{escape(where)}" />' if address else ""
    return f'<meta name="description" content="{escape(said)}" />{metas}{canonical}'


@lru_cache(maxsize=8)
def _dataset(address: str, build_id: str, opened: data.Opened | None) -> str:
    names: tuple[str, ...] = ()
    if opened is not None and opened.db is not None:
        from observatory.db import queries

        frame = queries.indicators(opened.db)
        names = tuple(str(name) for name in frame.loc[frame["headline"].astype(bool), "name"])
    return f'<script type="application/ld+json">{script(dataset(address, opened, names))}</script>'


def head(path: str, wanted: str, address: str) -> str:
    """Everything of this module for the page at a path. Asks which build is served."""
    opened = data.open_build(None)
    lang = match_language(wanted) or "en"
    return tags(path if nav.find(path) else "/", lang, address) + _dataset(
        address, opened.build_id if opened else "", opened
    )
