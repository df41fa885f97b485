"""Keeping the catalogues whole: find the texts, update the `.po` files, check them.

Texts of the interface are literals in `t("...")`, `t.n("...", "...", n)` and `N_("...")`; texts
of the data are the names, short names and unit labels of all indicators, the definitions and
caveats of the headline ones, the caveats that stand under the cards of a page, and the names of the
policy topics. Files carry no dates and no line numbers, so that they change only with texts.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from observatory.i18n.languages import DEFAULT_LANGUAGE, KNOWN, Language
from observatory.i18n.translate import PLACEHOLDER

PROJECT: Final = "East Asia AI Observatory"
DOMAINS: Final = ("messages", "data")
SOURCES: Final = ("app.py", "pages", "observatory")
LANGUAGES_TO_TRANSLATE: Final = tuple(
    language for language in KNOWN.values() if language.id != DEFAULT_LANGUAGE
)
_NAMES_IN_ENGLISH: Final = {
    "zh-Hans": "Chinese (simplified)",
    "zh-Hant": "Chinese (traditional)",
    "ja": "Japanese",
    "ko": "Korean",
}
UNDER_CARDS: Final = frozenset({
    "cac_deep_synthesis_algorithms_cumulative", "cac_genai_services_filed", "common_crawl_language_share",
    "epoch_cluster_power_mw", "foundry_revenue_share", "gov_ai_readiness_pillar_policy_capacity",
    "intelligent_compute_eflops_official", "public_trust_in_ai_edelman",
})  # fmt: skip
"""Measures that are no headline, but whose caveat a page shows: it is read in the page's language."""
# Faults that say a text is still to be done, not that it is wrong.
_GAPS: Final = ("missing: ", "not translated: ", "fuzzy: ")
_VOLATILE_HEADERS: Final = (
    '"Report-Msgid-Bugs-To:',
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Language-Team:',
    '"Generated-By:',
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate: its English, the plural if it has one, and the file it stands in."""

    msgid: str
    plural: str | None
    place: str


class ExtractionError(ValueError):
    """A call that cannot be extracted, with file and line."""


def texts_of_interface(root: Path) -> list[Text]:
    """Return the literal texts of all Python sources under `root`, in order of files."""
    texts: list[Text] = []
    for path in _python_files(root):
        place = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=place)
        texts.extend(_texts_of_tree(tree, place))
    return texts


def texts_of_data(root: Path) -> list[Text]:
    """Return the texts of `data/` that are translated: indicators, policy topics, presets of weights."""
    texts: list[Text] = []
    for path in sorted((root / "data" / "indicators").glob("*.yml")):
        blocks = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        place = path.relative_to(root).as_posix()
        for name, block in blocks.items():
            keys = ["name", "short_name", "unit_label"]
            if block.get("headline"):
                keys += ["definition", "method_caveats"]
            elif name in UNDER_CARDS:
                keys += ["method_caveats"]
            texts += [Text(block[key], None, place) for key in keys if block.get(key)]
    topics = root / "data" / "policy" / "topics.csv"
    if topics.is_file():
        place = topics.relative_to(root).as_posix()
        with topics.open(encoding="utf-8", newline="") as file:
            texts += [Text(row["name_en"], None, place) for row in csv.DictReader(file)]
    scorecard = root / "data" / "scorecard.yml"
    if scorecard.is_file():
        blocks = yaml.load(scorecard.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        place = scorecard.relative_to(root).as_posix()
        texts += [Text(preset["why"], None, place) for preset in blocks.get("presets", {}).values()]
    stack = root / "data" / "stack.yml"
    if stack.is_file():
        blocks = yaml.load(stack.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        place = stack.relative_to(root).as_posix()
        texts += [Text(meaning, None, place) for meaning in blocks.get("layers", {}).values()]
        for sign in blocks.get("signs", {}).values():
            texts += [Text(sign[key], None, place) for key in ("name", "why") if sign.get(key)]
    return texts


def template(domain: str, root: Path) -> Catalog:
    """Collect the texts of a domain (`messages` or `data`) into a catalogue without strings."""
    catalog = Catalog(project=PROJECT, version="", charset="utf-8")
    texts = texts_of_interface(root) if domain == "messages" else texts_of_data(root)
    for text in texts:
        msgid = text.msgid if text.plural is None else (text.msgid, text.plural)
        place = text.place if domain == "messages" else ""
        catalog.add(msgid, locations=[(place, 0)] if place else [])
    return catalog


def catalogue_path(root: Path, domain: str, language: Language) -> Path:
    """Return where a catalogue stands."""
    return _locales(root) / language.locale / f"{domain}.po"


def extract(root: Path, domain: str) -> Path:
    """Write `locales/<domain>.pot` anew and return its path."""
    path = _locales(root) / f"{domain}.pot"
    _write(path, _render(template(domain, root), f"Texts of the {PROJECT}: {domain}."))
    return path


def update(root: Path, domain: str, *, prune: bool = False) -> list[Path]:
    """Bring the catalogues of a domain up to date; translations are kept.

    Translations whose text is gone stay as obsolete entries, unless `prune`.
    """
    new = template(domain, root)
    paths = []
    for language in LANGUAGES_TO_TRANSLATE:
        path = catalogue_path(root, domain, language)
        catalog = _read(path, language)
        catalog.update(new, no_fuzzy_matching=True, update_creation_date=False)
        if prune:
            catalog.obsolete.clear()
        title = f"{_in_english(language)} catalogue of the {PROJECT}."
        _write(path, _render(catalog, title))
        paths.append(path)
    return paths


def problems(root: Path, domain: str) -> list[str]:
    """Return what is wrong with the catalogues of a domain, one line each; [] if nothing.

    A started language may have gaps: its texts count as faults only where they are wrong.
    """
    wanted = template(domain, root)
    found: list[str] = []
    pot = _locales(root) / f"{domain}.pot"
    fresh = _render(wanted, f"Texts of the {PROJECT}: {domain}.")
    if not pot.is_file() or pot.read_bytes() != fresh:
        found.append(f"{_shown(pot, root)}: not up to date, run: python -m observatory.i18n update")
    for language in LANGUAGES_TO_TRANSLATE:
        path = catalogue_path(root, domain, language)
        shown = _shown(path, root)
        if not path.is_file() and language.started:
            continue
        if not path.is_file():
            found.append(f"{shown}: missing")
            continue
        catalog = _read(path, language)
        for message in wanted:
            if message.id:
                found += [
                    f"{shown}: {fault}"
                    for fault in _faults(message, catalog)
                    if not (language.started and fault.startswith(_GAPS))
                ]
    return found


def progress(root: Path, domain: str) -> list[str]:
    """Return how far each started language is, one line each."""
    wanted = [message for message in template(domain, root) if message.id]
    lines = []
    for language in LANGUAGES_TO_TRANSLATE:
        if language.started:
            catalog = _read(catalogue_path(root, domain, language), language)
            done = sum(not any(_faults(message, catalog)) for message in wanted)
            lines.append(f"{language.id}, started: {done} of {len(wanted)} texts of {domain}")
    return lines


def _in_english(language: Language) -> str:
    return _NAMES_IN_ENGLISH.get(language.id) or str(Locale.parse(language.locale).english_name)


def _faults(wanted: Message, catalog: Catalog) -> Iterator[str]:
    key = wanted.id if isinstance(wanted.id, str) else wanted.id[0]
    message = catalog.get(key)
    if message is None:
        yield f"missing: {key!r}"
        return
    if isinstance(message.id, str) != isinstance(wanted.id, str):
        yield f"plural and single forms differ: {key!r}"
        return
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not strings or not all(strings):
        yield f"not translated: {key!r}"
    elif message.fuzzy:
        yield f"fuzzy: {key!r}"
    else:
        # The plural names every place; a language with one form has to name them too.
        expected = placeholders(wanted.id if isinstance(wanted.id, str) else wanted.id[1])
        for string in strings:
            if placeholders(string) != expected:
                yield f"places differ: {key!r} has {_set(expected)}, not {string!r}"


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the `{places}` of a text."""
    return frozenset(PLACEHOLDER.findall(text))


def _set(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _python_files(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        path = root / source
        if path.is_file():
            yield path
        else:
            yield from sorted(path.rglob("*.py"))


def _texts_of_tree(tree: ast.AST, place: str) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        kind = _call_kind(node.func)
        if kind is None:
            continue
        where = f"{place}:{node.lineno}"
        first = _literal(node.args[0], where)
        if kind == "n":
            second = _literal(node.args[1], where) if len(node.args) > 1 else None
            if first and second:
                yield Text(first, second, place)
        elif first:
            yield Text(first, None, place)


def _call_kind(func: ast.expr) -> str | None:
    """Return `t` for t(...) and N_(...), `n` for t.n(...), also behind `self.` or `ctx.`."""
    name = _last_name(func)
    if name in {"t", "N_"}:
        return "t"
    if name == "n" and isinstance(func, ast.Attribute) and _last_name(func.value) == "t":
        return "n"
    return None


def _last_name(node: ast.expr) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def _literal(node: ast.expr, where: str) -> str | None:
    if isinstance(node, ast.JoinedStr):
        raise ExtractionError(f"{where}: an f-string cannot be translated; use {{places}}")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _locales(root: Path) -> Path:
    return root / "observatory" / "i18n" / "locales"


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _read(path: Path, language: Language) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language.locale, project=PROJECT, version="", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language.locale)


def _render(catalog: Catalog, title: str) -> bytes:
    catalog.header_comment = f"# {title}"
    catalog.project, catalog.version, catalog.fuzzy = PROJECT, "", False
    for message in catalog:
        # Babel guesses these from percent signs; ours are neither.
        message.flags -= {"python-format", "python-brace-format"}
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines()
    kept = [
        line.replace(' \\n"', '\\n"') for line in lines if not line.startswith(_VOLATILE_HEADERS)
    ]
    return ("\n".join(kept).strip() + "\n").encode("utf-8")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)
