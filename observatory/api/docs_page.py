"""The page at `/api/` for people: one HTML file without a program behind it, in five languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Any, Final

from observatory.api import openapi
from observatory.api.resources import (
    BASE,
    DEFAULT_LIMIT,
    KEPT,
    MAX_LIMIT,
    RESOURCES,
    Parameter,
    Resource,
)
from observatory.api.snippets import snippets
from observatory.db.connect import Database
from observatory.export.holdback import QUOTED_ROWS
from observatory.i18n import DEFAULT_LANGUAGE, LANGUAGES, Translator, match_language, translator

_COPY: Final = (
    "for(const b of document.querySelectorAll('button[data-copy]')){b.hidden=false;"
    "b.addEventListener('click',async()=>{await navigator.clipboard.writeText("
    "document.getElementById(b.dataset.copy).textContent);const was=b.textContent;"
    "b.textContent=b.dataset.done;setTimeout(()=>{b.textContent=was},1500)})}"
)


def language(wanted: str, accept: str) -> str:
    """The language asked for in the address, else the first of the header that we speak."""
    if found := match_language(wanted.strip()):
        return found
    for part in accept[:400].split(","):
        if found := match_language(part.partition(";")[0].strip(), started=False):
            return found
    return DEFAULT_LANGUAGE


def _tag(tag: str, *parts: str, **attributes: str) -> str:
    """An element; parts are HTML already, attribute values are not."""
    said = "".join(
        f' {k.rstrip("_").replace("_", "-")}="{escape(v)}"' for k, v in attributes.items()
    )
    return f"<{tag}{said}>{''.join(parts)}</{tag}>"


def _p(text: str, **attributes: str) -> str:
    return _tag("p", escape(text), **attributes)


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(_tag("th", escape(one), scope="col") for one in heads)
    body = "".join(_tag("tr", *(_tag("td", cell) for cell in row)) for row in rows)
    return _tag("div", _tag("table", _tag("thead", _tag("tr", head)), _tag("tbody", body)),
                class_="wrap", tabindex="0", role="region")  # fmt: skip


def _code(text: str) -> str:
    return _tag("code", escape(text))


def _snippets(base: str, t: Translator) -> str:
    parts = []
    for one in snippets(base):
        place = f"code-{one.id}"
        button = _tag("button", escape(t("Copy")), type="button", hidden="", data_copy=place,
                      data_done=t("Copied"), aria_label=f"{t('Copy')} {one.title}")  # fmt: skip
        code = _tag("code", escape(one.code), id=place, class_=one.language or "text")
        bar = _tag("div", _tag("h3", escape(one.title)), button, class_="bar")
        parts.append(
            _tag("div", bar, _p(t(one.what)), _tag("pre", code, tabindex="0"), class_="snip")
        )
    return _tag("div", *parts, class_="grid")


def _takes(one: Parameter, t: Translator) -> str:
    text = escape(t(one.what))
    if one.words:
        text += " " + ", ".join(_code(word) for word in one.words)
    return text


def _resource(db: Database, one: Resource, t: Translator) -> str:
    own = [(_code(p.name), _takes(p, t)) for p in one.parameters]
    if one.dated:
        own.append((_code("as_of"), escape(t("Only what was known by this day."))))
    alone = " ".join(_code(name) for name in one.single)
    columns = [
        (_code(name), escape(_type_of(schema)), escape(str(schema.get("description", ""))))
        for name, schema in openapi.columns(db, one).items()
    ]
    parts = [
        _tag("p", _tag("a", _code(f"GET {one.path}"), href=f"{one.path}?limit=5")),
        _table((t("Parameter"), t("Meaning")), own) if own else "",
    ]
    if one.single:
        said = t("Nothing is held back where one of these has one value:")
        parts.append(_tag("p", escape(said), " ", alone))
    parts += [
        _tag("h3", escape(t("Columns"))),
        _table((t("Column"), t("Type"), t("Meaning")), columns),
    ]
    summary = _tag("summary", _code(one.name), _tag("span", escape(t(one.what))))
    return _tag("details", summary, _tag("div", *parts), id=one.name)


def _type_of(schema: dict[str, Any]) -> str:
    kind = next(word for word in schema["type"] if word != "null")
    return str(schema.get("format", kind))


def _rules(t: Translator) -> str:
    lines = (
        (t("Formats"), t("JSON, CSV, Parquet, and CSV for spreadsheet programs: by the parameter format, or by the"
                         " Accept header.")),
        (t("Pages"), t("At most {most} rows an answer, {n} unless limit says otherwise. The next page is in links.next"
                       " and in the Link header; its address names the build, so that pages fit together.",
                       most=t.number(MAX_LIMIT), n=t.number(DEFAULT_LIMIT))),
        (t("Columns"), t("The parameter fields chooses columns. These always stay: {names}.",
                         names=t.list(list(KEPT)))),
        (t("Time"), t("as_of gives the data as known on a day; build gives the data of a kept build.")),
        (t("Licences"), t("Every row names its source, its licence and whether it is open, quotable or closed. More"
                          " than {n} rows of more than one measure are a copy in bulk: such answers carry open rows"
                          " only, and count the others in meta.held_back and the header X-Held-Back. Smaller answers,"
                          " and those of one indicator or one thing, show all rows with credit; held_back=ids lists"
                          " what is missing.",
                          n=t.number(QUOTED_ROWS))),
        (t("Unchanged data"), t("The ETag of every answer names the build. Sent back as If-None-Match it gives 304"
                                " until a new build is served.")),
        (t("Errors"), t("application/problem+json with a sentence that names the parameter and what it takes. Busy"
                        " servers answer 503 with Retry-After.")),
    )  # fmt: skip
    return _table((t("Subject"), t("Rule")), [(escape(a), escape(b)) for a, b in lines])


@lru_cache(maxsize=16)
def html(db: Database, lang: str, base: str, css: str = "") -> bytes:
    """The page in a language. `base`: scheme and host for the snippets; `css`: colours."""
    t = translator(lang)
    brand = t("East Asia AI Observatory")
    tongues = "".join(
        _tag("a", escape(known.name), href=f"?lang={known.id}", lang=known.id, hreflang=known.id,
             **({"aria_current": "true"} if known.id == lang else {}))
        for known in LANGUAGES.values()
    )  # fmt: skip
    title = t("Open data")
    head = (
        '<meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · {escape(brand)}</title>"
        f'<meta name="description" content="{escape(t("The data of the observatory for programs."))}">'
        '<link rel="icon" href="/app/static/mark.png">'
        f"<style>{css}{_sheet()}</style>"
    )
    body = (
        _tag("header", _tag("a", escape(brand), href="/", class_="brand"),
             _tag("nav", tongues, aria_label=t("Language"))),
        _tag(
            "main",
            _tag("h1", escape(title)),
            _p(t("Everything that the pages show, as rows for programs: each with its source, licence and status. No"
                 " key is needed."), class_="deck"),
            _tag("p", escape(t("Build {id}", id=db.build_id)), " · ",
                 escape(t("data read up to {day}", day=t.date(openapi.data_date(db)))), " · ",
                 _tag("a", "OpenAPI 3.1", href=f"{BASE}/openapi.json"), " · ",
                 _tag("a", escape(t("All subjects as JSON")), href=f"{BASE}/")),
            _tag("h2", escape(t("Start here")), id="start"), _snippets(base, t),
            _tag("h2", escape(t("Rules")), id="rules"), _rules(t),
            _tag("h2", escape(t("Subjects")), id="subjects"),
            *(_resource(db, one, t) for one in RESOURCES),
        ),
        _tag("footer", _p(t("Selection, identifiers and definitions: CC BY 4.0."
                            " Figures: the licence of each source."))),
        f"<script>{_COPY}</script>",
    )  # fmt: skip
    page = (
        f"<!doctype html>{_tag('html', _tag('head', head), _tag('body', *body), lang=t.html_lang)}"
    )
    return page.encode()


@lru_cache(maxsize=1)
def _sheet() -> str:
    return files("observatory.api").joinpath("docs.css").read_text("utf-8").replace("\n", "")
