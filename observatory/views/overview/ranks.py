"""The ranked list: who stands where, how far from the reference, and what the region has together."""

from __future__ import annotations

import pandas as pd

from observatory.analysis.comparable import other_makers
from observatory.cards.card_model import Card, CardTable, Column
from observatory.cards.markup import Safe, h, join, svg
from observatory.charts.palette import palette
from observatory.charts.svg.elements import table_of
from observatory.charts.svg.ranks import RankSpec, ranks
from observatory.model.scope import COMPARATORS
from observatory.views import common, labels, links
from observatory.views.labels import clean, sentence
from observatory.views.overview import against as overview_against
from observatory.views.overview import tiles as overview_map
from observatory.views.overview import words as overview_words
from observatory.views.overview.data import Picture

WIDE, NARROW = 540.0, 358.0
CARD = "ranks"
FOOT_CAUTION = 260
"""Characters of a caution that fit the foot of a card and of a slide."""


def median(picture: Picture) -> float | None:
    """The members' median; None where there are too few values for a rank."""
    return float(picture.section.frame["value"].median()) if picture.ranked else None


def total(picture: Picture) -> float | None:
    """The members' sum, where the measure is one that is added up and not a share."""
    item = picture.item
    addable = clean(item.row["aggregation"]) == "sum" and picture.flow and not picture.per
    if not addable or picture.period is None or picture.section.n < 2 or not picture.comparable:
        return None
    return float(picture.section.frame["value"].sum())


def rows(picture: Picture) -> pd.DataFrame:
    """Rows of the list in order, with the columns of the chart."""
    t, catalogue = picture.t, picture.catalogue
    up = picture.item.higher_is_better is False
    frame = pd.concat([picture.section.frame, picture.beside])
    frame = frame.sort_values(["value", "entity_id"], ascending=[up, True], kind="stable")
    makers = other_makers(picture.section.frame, picture.origins)
    members = set(picture.members)
    out: list[dict[str, object]] = []
    for row in frame.to_dict("records"):
        code = str(row["entity_id"])
        home = catalogue.economies[code]
        native, lang = labels.native_economy_name(home, t)
        native = "" if native == home["name"] else native
        rank = picture.section.rank(code) if picture.ranked and code in members else None
        small = [] if picture.period else [t.period(clean(row["period"]))]
        if code in makers:
            small.append(t("by {maker}", maker=makers[code]))
        is_economy = clean(home["group_id"]) != "aggregate"
        out.append(
            {
                **{str(key): value for key, value in row.items()},
                "label": home["name"],
                "native": native,
                "native_lang": lang,
                "row_id": table_of(CARD) if picture.per else clean(row["row_id"]),
                "own_row_id": clean(row["row_id"]),
                "place": "" if rank is None else t.number(rank[0]),
                "rank": t("not ranked")
                if rank is None
                else t.rank(rank[0], picture.section.n, tied=rank[1]),
                "beside": overview_against.against(picture, code, float(row["value"]))
                if is_economy
                else "",
                "small": t.parts(small),
                "href": links.economy(code) if is_economy else "",
                "grey": code not in members,
            }
        )
    return pd.DataFrame(out)


def ranks_card(picture: Picture) -> Card | None:
    """The list with the median, the differences in words, and what is known together."""
    if not picture.section.n:
        return None
    t, catalogue = picture.t, picture.catalogue
    frame = rows(picture)
    shown = pd.concat([picture.section.frame, picture.beside])
    middle = median(picture)
    code = picture.choice.reference
    has_reference = picture.reference is not None and overview_against.measurable(picture)
    said = overview_against.against_title(picture) or _plain_title(picture, middle)
    spec = RankSpec(
        measure=picture.measure,
        median=middle,
        median_label=t("Median {value}", value=picture.measure.bare(middle, t))
        if middle is not None
        else "",
        median_row=table_of(CARD),
        beside=t("Against {economy}", economy=catalogue.say(code)) if has_reference else "",
        strong=(code,) if has_reference else (),
        width=WIDE,
        name=said,
    )
    narrow = RankSpec(
        spec.measure, spec.median, spec.median_label, spec.median_row, spec.beside, spec.strong,
        NARROW, spec.name,
    )  # fmt: skip
    css = palette("css")
    return Card(
        id=CARD,
        title=said,
        subtitle=overview_words.subtitle(picture, picture.period),
        body=join(
            [
                h("div", svg(ranks(frame, spec, css, t)), cls="on-wide"),
                h("div", svg(ranks(frame, narrow, css, t)), cls="on-phone"),
            ]
        ),
        alt=said,
        table=_table(picture, frame),
        sources=common.sources_of(catalogue, shown),
        vintage=common.vintage_of(catalogue, shown),
        statuses=common.statuses_of(picture.section.frame),
        method=overview_map.method(picture),
        caveat=_short_caution(picture),
        after=_words(picture, middle),
    )


def _plain_title(picture: Picture, middle: float | None) -> str:
    """Without a reference: the spread from first to last."""
    t, catalogue = picture.t, picture.catalogue
    if middle is None:
        return (
            t("Too few figures to rank")
            if not picture.section.ranked
            else t("Figures that are not ranked")
        )
    frame = picture.section.frame.sort_values("value")
    low, high = frame.iloc[0], frame.iloc[-1]
    return sentence(
        t(
            "From {low} ({lowest}) to {high} ({highest}), the median is {median}",
            low=picture.short_value(float(low["value"])),
            high=picture.short_value(float(high["value"])),
            lowest=catalogue.name(str(low["entity_id"])),
            highest=catalogue.name(str(high["entity_id"])),
            median=picture.short_value(middle),
        )
    )


def _words(picture: Picture, middle: float | None) -> Safe | None:
    """What stands under the list: differences, median, sum, who is not ranked, the cautions."""
    t, catalogue, item = picture.t, picture.catalogue, picture.item
    names = [one.name for one in common.sources_of(catalogue, picture.section.frame)]
    lines: list[Safe] = []
    words = overview_against.in_words(picture, t.list(names))
    lines += [h("p", words, cls="o-words")] if words else []
    gap = overview_against.no_reference_note(picture)
    lines += [h("p", gap)] if gap else []
    n, base = picture.section.n, len(picture.members)
    if not picture.section.ranked:
        lines.append(
            h("p", t.n("{n} economy of {base} has a figure; ranks start at five.",
                       "{n} economies of {base} have a figure; ranks start at five.", n, base=t.number(base)))
        )  # fmt: skip
    elif middle is not None:
        lines.append(
            h("p", t("Ranks and the median ({value}) are among the {n} of {base} with a figure.",
                     value=picture.measure.full(middle, t), n=t.number(n), base=t.number(base)))
        )  # fmt: skip
    together = total(picture)
    if together is not None:
        lines.append(_total_line(picture, together))
    grey = [str(code) for code in picture.beside["entity_id"] if code in COMPARATORS]
    if grey and picture.ranked:
        lines.append(h("p", t("In grey for comparison, not ranked: {names}.",
                              names=t.list([catalogue.name(code) for code in grey]))))  # fmt: skip
    caveats = clean(item.row["method_caveats"])
    if caveats and not _short_caution(picture):
        lines.append(h("p", t.data(caveats), lang=t.data_lang(caveats), cls="muted"))
    return h("div", *lines, cls="o-after") if lines else None


def _short_caution(picture: Picture) -> str:
    """The cautions whole where they fit a card's foot: so slides and files carry them too."""
    text = picture.t.data(clean(picture.item.row["method_caveats"]))
    return text if len(text) <= FOOT_CAUTION else ""


def _total_line(picture: Picture, together: float) -> Safe:
    """The members' sum; who is in it by name where somebody is missing."""
    t, catalogue = picture.t, picture.catalogue
    n, base = picture.section.n, len(picture.members)
    value = picture.item.value(together, t)
    have = set(picture.section.frame["entity_id"])
    gone = [catalogue.name(code) for code in picture.members if code not in have]
    if not gone:
        text = t("Together the {base} have {value}.", base=t.number(base), value=value)
    else:
        text = t("Together the {n} of {base} with a figure have {value}; without {names}.",
                 n=t.number(n), base=t.number(base), value=value, names=t.list(gone))  # fmt: skip
    return h("p", text, " ", num_table(t("What it is made of")))


def num_table(label: str) -> Safe:
    """A quiet button that opens the table of the list."""
    return h("button", label, cls="num", type="button", data_act="table", data_card=CARD)


def _table(picture: Picture, frame: pd.DataFrame) -> CardTable:
    """Rank, value with receipt, difference; for divided values the two numbers they rest on."""
    t = picture.t
    base = overview_map.value_table(picture, frame.assign(row_id=frame["own_row_id"]))

    columns = [base.columns[0]]
    if picture.ranked:
        columns.append(Column("rank", t("Rank")))
    columns += base.columns[1:]
    if frame["beside"].astype(bool).any():
        name = picture.catalogue.say(picture.choice.reference)
        columns.append(Column("beside", t("Against {economy}", economy=name)))
    beside = frame["beside"].where(frame["beside"].astype(bool), "–")
    kept = base.frame.assign(rank=frame["rank"].tolist(), beside=beside.tolist())
    return CardTable(kept, tuple(columns))
