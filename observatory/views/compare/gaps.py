"""What a comparison does not know, computed from what is missing."""

from __future__ import annotations

from observatory.cards.markup import join
from observatory.cards.states import Gap
from observatory.cards.woven import slot, weave
from observatory.views.compare.data import Comparison
from observatory.views.compare.table import missing
from observatory.views.economy.gaps import linked
from observatory.views.measures import Catalogue, Indicator


def gaps(catalogue: Catalogue, found: Comparison) -> list[Gap]:
    """Per economy the measures without a value and why; then what is not comparable."""
    t = catalogue.t
    out: list[Gap] = []
    absent = missing(catalogue, found)
    for code in found.economies:
        reasons: dict[str, list[Indicator]] = {}
        for economy, key, why in absent:
            if economy == code:
                reasons.setdefault(why, []).append(catalogue.indicators[key])
        if reasons:
            said = [
                weave(
                    t("{names} ({reason})", names=slot("names"), reason=why), names=linked(items, t)
                )
                for why, items in reasons.items()
            ]
            out.append(
                Gap(t("No value for {economy}", economy=catalogue.say(code)), join(said, t("; ")))
            )
    apart = [
        catalogue.indicators[row.id].short
        for row in found.rows
        if len({line.period for line in row.lines.values() if line.has_value}) > 1
    ]
    if apart:
        out.append(
            Gap(
                t("Different periods"),
                t(
                    "{names}: values of different periods are shown, never set against each other in words.",
                    names=t.list(apart),
                ),
            )
        )
    disputed = [
        t("{measure} ({economy})", measure=row.item.short, economy=catalogue.name(code))
        for row in found.rows
        for code, line in row.lines.items()
        if line.kind == "disputed"
    ]
    if disputed:
        out.append(
            Gap(
                t("Disputed"), t("{names}: kept out of ranks and findings.", names=t.list(disputed))
            )
        )
    if {"CHN"} & set(found.economies):
        out.append(
            Gap(
                t("China"),
                t(
                    "Totals of China leave out Hong Kong and Taiwan unless the source says otherwise."
                ),
            )
        )
    return out
