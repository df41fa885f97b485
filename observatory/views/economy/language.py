"""Language technology of an economy: its language on the web, and who leads the tests in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from observatory.analysis.boards import Board, board
from observatory.analysis.cross_section import usable
from observatory.cards.card_model import Card, CardTable, Column, EmptyState
from observatory.cards.markup import Child, Safe, h, join, num
from observatory.cards.table import table
from observatory.charts.palette import palette
from observatory.charts.plan import LineSpec
from observatory.charts.svg.lines import lines
from observatory.db import queries_language
from observatory.db.frames import records
from observatory.i18n import Translator
from observatory.views import common
from observatory.views.briefing.page import both_widths
from observatory.views.economy.lists import company, fold
from observatory.views.labels import clean
from observatory.views.local_languages import ALL, LANGUAGES, languages_of, name, web_name
from observatory.views.measures import Catalogue

SHOWN: Final = 6
WIDTH, HEIGHT = 480, 230


def _series(catalogue: Catalogue) -> pd.DataFrame:
    """Shares of all languages on file, one entity a language, labelled by the language."""
    t = catalogue.t
    parts: list[pd.DataFrame] = []
    for language in ALL:
        if language.id in ("zh-Hant", "yue") or language.share not in catalogue.indicators:
            continue
        rows = catalogue.series(language.share)
        rows = usable(rows[rows["entity_id"] == language.home])
        if len(rows):
            parts.append(rows.assign(entity_id=language.id, label=web_name(language.id, t)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def share_card(catalogue: Catalogue, economy: str) -> Card:
    """How much of the crawled web is in the economy's languages."""
    t = catalogue.t
    own = languages_of(economy)
    ids = list(dict.fromkeys("zh-Hans" if k.id in ("zh-Hant", "yue") else k.id for k in own))
    frame = _series(catalogue)
    title = t("Language on the web")
    names = t.list([web_name(key, t) for key in ids])
    subtitle = t("Share of crawled web pages in {languages}, Common Crawl", languages=names)
    held = [key for key in ids if len(frame) and key in set(frame["entity_id"])]
    if not held:
        exists = ""
        if len(frame):
            on_file = t.list(frame["label"].drop_duplicates().tolist())
            exists = t("On file: {languages}.", languages=on_file)
        return Card(
            id="language",
            title=title,
            subtitle=subtitle if ids else title,
            empty=EmptyState(
                reason=t("No share of the web in this language is on file."),
                exists=exists,
                title=t("No figure for the language"),
            ),
        )
    item = catalogue.indicators[LANGUAGES[held[0]].share]
    main = [key for key in held if key != "en"] or held
    rows = frame[frame["entity_id"] == main[0]].sort_values("period_end")
    first, last = rows.iloc[0], rows.iloc[-1]
    same = str(first["period"]) == str(last["period"])
    given = {
        "language": web_name(main[0], t),
        "share": _share(float(last["value"]), t),
        "period": t.period(clean(last["period"])),
    }
    if len(main) > 1:
        newest = frame.sort_values("period_end").groupby("entity_id")["value"].last()
        shares = [
            t("{language} {share}", language=web_name(k, t), share=_share(float(newest[k]), t))
            for k in main
        ]
        finding = t(
            "Of crawled web pages in {period}: {languages}",
            period=given["period"],
            languages=t.list(shares),
        )
    elif same:
        finding = t("{language} on {share} of crawled web pages in {period}", **given)
    else:
        finding = t(
            "{language} on {share} of crawled web pages in {period}, {old} in {old_period}",
            old=_share(float(first["value"]), t),
            old_period=t.period(clean(first["period"])),
            **given,
        )
    # A language ten times as common would press the others to the ground.
    top = float(frame[frame["entity_id"].isin(main)]["value"].max())
    lasts = frame.sort_values("period_end").groupby("entity_id")["value"].last()
    near = [str(key) for key, value in lasts.items() if value <= 2.2 * top or key in main]
    shown = frame[frame["entity_id"].isin(near)]
    spec = LineSpec(
        measure=item.measure(t),
        subjects=tuple(main),
        gaps=False,
        width=WIDTH,
        height=HEIGHT,
        most_labels=6,
        name=finding,
    )
    body = both_widths(
        lambda wide: lines(shown, replace(spec, width=wide), palette("css"), t), WIDTH
    )
    others = [key for key in held if key not in main]
    notes = [subtitle]
    if others:
        said = [
            t("{language} {share}", language=web_name(k, t), share=_share(float(lasts[k]), t))
            for k in others
        ]
        notes.append(t("Off this scale: {languages}", languages=t.list(said)))
    missing = [web_name(key, t) for key in ids if key not in held]
    if missing:
        notes.append(t("Not on file: {languages}", languages=t.list(missing)))
    if "zh-Hans" in held and economy != "CHN":
        notes.append(t("Chinese is counted once, wherever it is written"))
    used = frame[frame["entity_id"].isin(held)]
    return Card(
        id="language",
        title=finding,
        subtitle=t.sentences(notes),
        body=body,
        table=common.value_table(catalogue, item, shown),
        **common.evidence(catalogue, used),
        caveat=t("A sign of how much text models can learn from, not of speakers."),
        method=common.method_text(item, t),
    )


def _share(value: float, t: Translator) -> str:
    return t.percent(value, 1 if value >= 10 else 2)


def boards(catalogue: Catalogue, economy: str) -> list[Board]:
    """Boards in the economy's languages: run by others before makers' own reports, newest first."""
    scopes = [scope for language in languages_of(economy) for scope in language.scopes]
    if not scopes:
        return []
    frame = queries_language.language_results(catalogue.db, scopes, catalogue.as_of)
    found = [board(rows) for _, rows in frame.groupby("benchmark_id", sort=True)]
    kept = [one for one in found if one is not None]
    kept.sort(key=lambda one: str(one.frame["period_end"].max()), reverse=True)
    return sorted(kept, key=is_vendor)


def is_vendor(one: Board) -> bool:
    """Whether makers chose and reported the results themselves."""
    return "vendor" in one.benchmark or "vendor" in clean(one.frame["benchmark"].iloc[0]).lower()


def boards_card(catalogue: Catalogue, economy: str) -> Card:
    """Who leads the tests in the economy's languages, and where its own makers stand."""
    t = catalogue.t
    own = [language for language in languages_of(economy) if language.scopes]
    names = t.list([name(language.id, t) for language in own])
    title = t("Tests in the local language")
    found = boards(catalogue, economy)
    subtitle = (
        t("Tests of language models in {languages}, the newest first", languages=names)
        if own
        else title
    )
    if not found:
        if own:
            reason = t(
                "No test with five models or more is on file in {languages}.", languages=names
            )
        else:
            reason = t("Its main language is English: tests in English are no local tests.")
        return Card(
            id="boards",
            title=title,
            subtitle=subtitle,
            empty=EmptyState(reason=reason, title=t("No local test on file")),
        )
    independent = [one for one in found if not is_vendor(one)]
    led = sum(
        one.leader is not None and clean(one.leader["economy_id"]) == economy for one in independent
    )
    if independent:
        finding = t.n(
            "Makers from here lead {led} of {n} test in {languages}",
            "Makers from here lead {led} of {n} tests in {languages}",
            len(independent),
            led=t.number(led) if led else t("none"),
            languages=names,
        )
    else:
        finding = t("Only makers' own reports in the local language")
    rows = [_row(one, economy, catalogue) for one in found]
    columns = _columns(economy, t)
    unknown = t("none on it")
    head = table(columns, rows[:SHOWN], caption=title, unknown=unknown, cls="e-boards")
    rest = None
    if len(rows) > SHOWN:
        rest = table(columns, rows[SHOWN:], caption=title, unknown=unknown, cls="e-boards")
    more = len(rows) - SHOWN
    body = fold(head, rest, t.n("{n} more test", "{n} more tests", more))
    used = pd.concat([one.frame for one in found])
    tested = used.drop_duplicates("model_name")
    local = int((tested["economy_id"] == economy).sum())
    counted = t.n(
        "{n} model tested, {local} by makers from here",
        "{n} models tested, {local} by makers from here",
        len(tested),
        local=t.number(local) if local else t("none"),
    )
    return Card(
        id="boards",
        title=finding,
        subtitle=t.sentences([subtitle, counted]),
        body=body,
        table=_whole(found, t),
        **common.evidence(catalogue, used),
        caveat=t("Each test has its own scale; makers report on themselves where that is said."),
        method=join(h("p", text) for text in _method(t)),
    )


def _row(one: Board, economy: str, catalogue: Catalogue) -> dict[str, Any]:
    leader, local = one.leader, one.best_of(economy)
    return {
        "test": clean(one.frame["benchmark"].iloc[0]),
        "period": one.period,
        "n": one.n,
        "leader": None if leader is None else records(leader.to_frame().T)[0],
        "local": None if local is None else records(local.to_frame().T)[0],
        "vendor": is_vendor(one),
    }


def model_name(text: object) -> str:
    """A model's name without the mark that keeps two tables of one source apart."""
    return re.sub(r" \[table \d+\]$", "", clean(text))


def _model(row: dict[str, Any], t: Translator) -> Safe:
    """A model with its score's receipt and its maker."""
    parts: list[Child] = [
        num(model_name(row["model_name"]), clean(row["row_id"]), cls="num soft"),
    ]
    maker = company(row, t, prefix="org_") if clean(row.get("org_name")) else None
    score = t.number(float(row["score"]), 3 if abs(float(row["score"])) < 2 else 1)
    parts.append(h("span", join([maker, score], t.comma), cls="sub2"))
    return join(parts)


def _columns(economy: str, t: Translator) -> tuple[Column, ...]:
    def local(value: Any, row: Any) -> Safe:
        place = t.rank(int(value["place"]), int(row["n"]), economies=False)
        if value["place"] == 1 and row["leader"] is not None:
            return h("span", place)
        return join([h("span", place), h("span", _model(value, t), cls="sub2")])

    def test(value: Any, row: Any) -> Safe:
        under = t.period(clean(row["period"]))
        if row["vendor"]:
            under = t.parts([under, t("makers' own reports")])
        return join([h("span", value, lang="en"), h("span", under, cls="sub2")])

    return (
        Column("test", t("Test"), show=test),
        Column("leader", t("Leader"), show=lambda value, row: _model(value, t)),
        Column("local", t("Best from here"), show=local),
    )


def _whole(found: list[Board], t: Translator) -> CardTable:
    """All results of the boards shown, best first."""
    frame = pd.concat([one.frame for one in found], ignore_index=True)
    columns = (
        Column("benchmark", t("Test"), lang="en"),
        Column("model_name", t("Model"), strong=True),
        Column("org_name", t("Maker"), phone=False),
        Column("period", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("score", t("Score"), "right", lambda value, row: t.sig(value, 4), row_id="row_id"),
        Column("place", t("Place"), "right", phone=False),
    )
    keep = ["benchmark", "model_name", "org_name", "economy_id", "period", "score", "unit", "place",
            "row_id", "benchmark_id", "source_id", "status"]  # fmt: skip
    return CardTable(frame[keep], columns)


def _method(t: Translator) -> tuple[str, ...]:
    return (
        t(
            "A fixed test takes each model's newest result; boards whose scores may not be compared over time "
            "are read on their newest date only. Fewer than five models give no leader."
        ),
        t(
            "Makers' own reports are listed last and do not count in the title: who reports chooses the rivals."
        ),
    )
