"""Where an organisation's models stand: one row a board, each at its own latest date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, num
from observatory.i18n import Translator
from observatory.views.company.data import Company, Row, Rows, Surroundings
from observatory.views.company.parts import folded, frame_of, source_refs, status_cell, statuses
from observatory.views.labels import clean

GROUPS: Final = ("global", "own", "other", "safety")
SHOWN: Final = 8
_LARGE: Final = 20
_FRESH: Final = timedelta(days=450)
_OWN: Final[dict[str, tuple[str, ...]]] = {
    "CHN": ("zh-hans", "chinese"),
    "TWN": ("zh-hant", "traditional chinese"),
    "HKG": ("cantonese", "zh-hant"),
    "SGP": ("indonesian, vietnamese", "malay"),
    "JPN": ("ja", "japanese"),
    "KOR": ("ko", "korean"),
    "IND": ("indic",),
    "VNM": ("vi", "vietnamese"),
    "THA": ("th", "thai"),
    "IDN": ("indonesian", "indonesia"),
    "MYS": ("malay", "ms"),
    "PHL": ("fil", "filipino"),
}
# Boards that readers know: the first of these a maker stands on leads its standing.
_KNOWN: Final = ("arena-text", "epoch-eci", "aa-intelligence-index", "arena-webdev")


def group_of(row: Row, economy_id: str) -> str:
    """Which table a board belongs to: safety, global, own language or other languages."""
    if row["modality"] == "safety":
        return "safety"
    scope = clean(row["language_scope"]).lower()
    if scope in ("", "en", "multi") or ";" in scope:
        return "global"
    for word in _OWN.get(economy_id, ()):
        if scope == word or (len(word) > 3 and word in scope):
            return "own"
    return "other"


def self_reported(row: Row) -> bool:
    """Whether a maker, not the board, ran the test."""
    note = clean(row["note"]).lower()
    return row["status"] == "company_claim" or "vendor-reported" in note or "self-reported" in note


def fair_place(row: Row) -> bool:
    """Whether the place among the entries on file is about the place in the source.

    A part of a board may be on file: with a printed rank the two are compared, without one the
    board must look complete.
    """
    if row["rank"] is not None:
        # A tie may shift a place or two far down, never a first into a second.
        return bool(row["rank"] <= row["board_place"] * 1.1)
    return row["last_rank"] is None or bool(row["last_rank"] <= row["board_size"] * 1.1)


def score_text(value: float, row: Row, t: Translator) -> str:
    """A score in the unit of its board."""
    return t.percent(value, 1) if row["unit"] == "percent" else t.sig(value, 4)


def _gap(gap: float, row: Row, t: Translator) -> str:
    """A distance between two scores of one board: percentages differ by points."""
    if row["unit"] != "percent":
        return t.sig(gap, 4)
    return t.change(gap, "percent", "%").removeprefix("+")


def _telling(row: Row, c: Company) -> bool:
    fresh = row["period_end"] is not None and row["period_end"] >= c.today - _FRESH
    return bool(fresh and fair_place(row) and row["board_size"] >= _LARGE)


def order(c: Company) -> Rows:
    """Boards, the telling ones (fair place, fresh, large) first, then by place."""

    def key(row: Row) -> tuple[Any, ...]:
        board = clean(row["benchmark_id"])
        known = _KNOWN.index(board) if board in _KNOWN else len(_KNOWN)
        share = row["board_place"] / row["board_size"]
        return (not _telling(row, c), self_reported(row), known, round(share, 2), board)

    return sorted(c.standing, key=key)


def best(c: Company) -> dict[str, Any] | None:
    """The standing to name first, or None: the best place on a fresh board of 20 entries or more.

    Boards in English or many languages go before those of one language, safety boards and what
    makers report themselves never count.
    """
    rows = [
        row
        for row in c.standing
        if _telling(row, c)
        and not self_reported(row)
        and row["status"] not in ("unchecked", "disputed")
        and group_of(row, c.economy_id) != "safety"
    ]

    def key(row: Row) -> tuple[Any, ...]:
        board = clean(row["benchmark_id"])
        known = _KNOWN.index(board) if board in _KNOWN else len(_KNOWN)
        share = row["board_place"] / row["board_size"]
        wide = group_of(row, c.economy_id) == "global"
        return (not wide, round(share * 10), known, share, board)

    return min(rows, key=key) if rows else None


def place_text(row: Row, t: Translator) -> str:
    """`12th of 142`; ties are said."""
    return t.rank(
        int(row["board_place"]), int(row["board_size"]), tied=row["tied"] > 1, economies=False
    )


def said_place(row: Row, t: Translator) -> str:
    """The place for a headline: that of the source where only a part of the board is on file."""
    if row["rank"] is not None and not fair_place(row):
        return t("{place} in the source", place=t.ordinal(int(row["rank"])))
    return place_text(row, t)


def _place_cell(t: Translator) -> Any:
    def show(value: Any, row: Row) -> Safe:
        said = place_text(row, t)
        rank = row["rank"]
        if rank is not None and int(rank) != int(row["board_place"]):
            note = t("{place} in the source", place=t.ordinal(int(rank)))
            return h("span", said) + h("span", note, cls="sub2")
        return h("span", said)

    return show


def _columns(s: Surroundings) -> tuple[Column, ...]:
    t = s.t

    def board(value: Any, row: Row) -> Safe:
        way = t("higher is better") if row["higher_is_better"] else t("lower is better")
        parts = h("span", f"{t.period(clean(row['as_of']))} · {way}", cls="sub2")
        native = clean(row["benchmark_native_name"])
        beside = Safe(" ") + h("span", native, cls="muted") if native else Safe("")
        name = h("span", value)
        if "benchmarks" in s.pages:
            name = h("a", value, href=s.link("benchmarks", board=row["benchmark_id"]), data_go=True)
        return name + beside + parts

    def score(value: Any, row: Row) -> Safe:
        shown = num(score_text(value, row, t), row["row_id"])
        if row["ci_low"] is not None and row["ci_high"] is not None:
            low, high = score_text(row["ci_low"], row, t), score_text(row["ci_high"], row, t)
            shown += h("span", t("{low} to {high}", low=low, high=high), cls="sub2")
        return shown

    def top(value: Any, row: Row) -> Safe:
        if row["board_place"] == 1:
            return h("span", t("this model"))
        gap = _gap(abs(value - row["score"]), row, t)
        way = t("{gap} ahead", gap=gap) if row["higher_is_better"] else t("{gap} lower", gap=gap)
        head = num(score_text(value, row, t), row["top_row_id"])
        return head + Safe(" ") + h("span", row["top_model"]) + h("span", way, cls="sub2")

    def status(value: Any, row: Row) -> Safe:
        if self_reported(row):
            said = status_cell(t)("company_claim", row)
            note = h("span", t("run by a model's maker"), cls="sub2")
            return said + note if isinstance(said, Safe) else note
        shown = status_cell(t)(value, row)
        return shown if isinstance(shown, Safe) else h("span", shown)

    return (
        Column("benchmark_name", t("Board and its date"), show=board, strong=True),
        Column("model_name", t("Best placed model")),
        Column("score", t("Score"), "right", show=score),
        Column("board_place", t("Place among those on file"), "right", show=_place_cell(t)),
        Column("top_score", t("Best on the board"), show=top, phone=False),
        Column("status", t("Status"), show=status, phone=False),
    )


def _titles(group: str, t: Translator) -> tuple[str, str]:
    match group:
        case "global":
            return t("On boards in English or many languages"), t(
                "Each board at its own latest date. Scores of different boards are never compared."
            )
        case "own":
            return t("On boards in its own language"), t(
                "Each board at its own latest date, in the language of its home economy."
            )
        case "safety":
            return t("On safety boards"), t(
                "What is measured differs from board to board; the direction is printed with each."
            )
        case _:
            return t("On boards in other languages"), t(
                "Each board at its own latest date. Scores of different boards are never compared."
            )


def groups(c: Company) -> dict[str, Rows]:
    """Boards by table, those that have any."""
    found: dict[str, Rows] = {}
    rows = order(c)
    for group in GROUPS:
        own = [row for row in rows if group_of(row, c.economy_id) == group]
        if own:
            found[group] = own
    return found


def standing_card(c: Company, group: str, s: Surroundings) -> Card:
    """One table of boards."""
    t = s.t
    rows = groups(c)[group]
    title, subtitle = _titles(group, t)
    firsts = sum(
        row["board_place"] == 1 and row["tied"] == 1 and row["board_size"] > 4 and fair_place(row)
        for row in rows
    )
    lead = rows[0]
    where = t("{board}, {date}", board=lead["benchmark_name"], date=t.period(clean(lead["as_of"])))
    finding = t("{title}: {place} on {where}", title=title, place=said_place(lead, t), where=where)
    if firsts:
        first = t.n("first on {n} board", "first on {n} boards", firsts)
        counted = t.parts([t.n("{n} board", "{n} boards", len(rows)), first])
    else:
        counted = t.n("{n} board", "{n} boards", len(rows))
    subtitle = t.sentences([counted, subtitle])
    columns = _columns(s)
    keys = (
        *columns,
        Column("as_of", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("ci_low", t("Interval, low"), "right"),
        Column("ci_high", t("Interval, high"), "right"),
    )
    frame = frame_of(rows, keys)
    for extra in ("row_id", "board_size", "unit", "rank", "top_model", "higher_is_better"):
        frame[extra] = [row[extra] for row in rows]
    plain = (
        Column("benchmark_name", t("Board"), strong=True),
        Column("as_of", t("Date"), show=lambda value, row: t.period(clean(value))),
        Column("model_name", t("Best placed model")),
        Column("score", t("Score"), "right", show=lambda value, row: score_text(value, row, t),
               row_id="row_id"),
        Column("board_place", t("Place"), "right"),
        Column("board_size", t("On file"), "right"),
        Column("top_score", t("Best on the board"), "right",
               show=lambda value, row: score_text(value, row, t)),
        Column("top_model", t("Its model")),
        Column("status", t("Status"), show=status_cell(t)),
    )  # fmt: skip
    partial = sum(not fair_place(row) for row in rows)
    caveat = ""
    if partial:
        caveat = t.n(
            "Of {n} board only a part is on file: the place counts that part.",
            "Of {n} boards only a part is on file: the place counts that part.",
            partial,
        )
    return Card(
        id=f"standing-{group}",
        title=finding,
        subtitle=subtitle,
        body=folded(columns, rows, title, t, SHOWN),
        table=CardTable(frame, plain),
        sources=source_refs(c, rows),
        statuses=statuses(rows),
        caveat=caveat,
        method=t(
            "For each board the newest date with a result of this organisation counts, and its"
            " best placed model there. The place counts the entries on file of that date; equal"
            " scores share a place. A place in the source is printed where it differs."
        ),
        actions=("table", "method", "download", "link"),
    )
