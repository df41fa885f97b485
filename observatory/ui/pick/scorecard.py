"""Controls of the scorecard. They only edit the URL; the page reads its weights from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from observatory.analysis.scorecard import AGGS, NORMS
from observatory.cards import states
from observatory.cards.card_model import Card
from observatory.cards.filters import Filters, Note
from observatory.cards.markup import h, icon
from observatory.i18n.formats import NBSP
from observatory.model.scorecard import MAX_POINTS, MAX_WEIGHT
from observatory.ui.card import registry
from observatory.ui.context import Context, context
from observatory.ui.html import put
from observatory.ui.state import write
from observatory.views import labels
from observatory.views.measures import Catalogue
from observatory.views.scorecard import choice as scorecard_choice
from observatory.views.scorecard import words as scorecard_words
from observatory.views.scorecard.choice import PARAMS, Choice, Plan

Edit = Callable[[Choice, object], Choice]


def filters_with(filters: Filters, choice: Choice) -> Filters:
    """The state of the page with another choice; parameters of others stay."""
    kept = [pair for pair in filters.extra if pair[0] not in PARAMS]
    return replace(filters, extra=tuple(sorted([*kept, *scorecard_choice.write(choice).items()])))


def _on(plan: Plan, key: str, edit: Edit) -> Callable[[], None]:
    def changed() -> None:
        filters = context().filters
        choice, _ = scorecard_choice.read(dict(filters.extra), plan)
        write(filters_with(filters, edit(choice, st.session_state.get(key))))

    return changed


def register(cards: Sequence[Card]) -> None:
    """Make cards known that are opened from a number and not drawn."""
    registry().update({card.id: card for card in cards})


def side(ctx: Context, data: Catalogue, plan: Plan, choice: Choice) -> None:
    """The column of weights and methods."""
    t = ctx.t
    with st.container(key="score-side", gap=None):
        put(
            h(
                "div",
                h("h2", t("Weights")),
                h("a", icon("restart_alt"), t("Reset"), cls="btn", href="/scorecard", data_go=True),
                cls="s-top",
            )
        )
        _presets(ctx, plan, choice)
        total = sum(choice.weight(plan, pillar) for pillar in plan.pillars)
        for pillar in plan.pillars:
            _pillar(ctx, data, plan, choice, pillar, total)
        _methods(ctx, plan, choice)


def _presets(ctx: Context, plan: Plan, choice: Choice) -> None:
    t, key = ctx.t, "score-preset"
    st.session_state[key] = choice.preset
    st.pills(
        t("Start from"), list(plan.presets), key=key, label_visibility="collapsed", required=True,
        format_func=lambda item: scorecard_words.preset(item, plan, t),
        on_change=_on(plan, key, lambda old, new: old.with_preset(str(new)) if new in plan.presets else old),
    )  # fmt: skip
    note = t.data(plan.presets[choice.preset][1])
    if choice.changed:
        count = t.n("{n} weight changed.", "{n} weights changed.", len(choice.changed))
        put(h("p", count, cls="s-hint"))
    else:
        put(h("p", h("span", note, lang=t.data_lang(plan.presets[choice.preset][1])), cls="s-hint"))


def _pillar(
    ctx: Context, data: Catalogue, plan: Plan, choice: Choice, pillar: str, total: int
) -> None:
    t, key = ctx.t, f"score-w-{pillar}"
    name, points = labels.pillar(pillar, t), choice.weight(plan, pillar)
    share = t.percent(100 * points / total, 0) if total else t.percent(0, 0)
    st.session_state[key] = points
    st.slider(
        _named(name, share), 0, MAX_POINTS, key=key,
        on_change=_on(plan, key, lambda old, new: old.with_weight(plan, pillar, int(cast("int", new)))),
    )  # fmt: skip
    own = plan.of_pillar(pillar)
    changed = sum(choice.weight(plan, item) != 1 for item in own)
    title = t.n("{n} measure", "{n} measures", len(own))
    if changed:
        title = t("{measures}, {n} reweighted", measures=title, n=t.number(changed))
    fold = st.expander(title, key=f"score-fold-{pillar}", on_change="rerun", type="compact")
    if fold.open:
        with fold:
            for item in own:
                _measure(ctx, data, plan, choice, item)


def _fixed(text: str) -> str:
    return text.replace(NBSP, " ").replace(" ", "\u202f")


def _named(name: str, share: str) -> str:
    # Two words for the style sheet, which sets them at both ends of the line: within them stand
    # spaces that neither break nor grow.
    return f"{_fixed(name)} {_fixed(share)}"


def _measure(ctx: Context, data: Catalogue, plan: Plan, choice: Choice, item: str) -> None:
    key = f"score-m-{item}"
    name = data.indicators[item].short if item in data.indicators else item
    st.session_state[key] = choice.weight(plan, item)
    st.slider(
        name, 0, MAX_WEIGHT, key=key,
        on_change=_on(plan, key, lambda old, new: old.with_weight(plan, item, int(cast("int", new)))),
    )  # fmt: skip


def _with(old: Choice, name: str, value: object) -> Choice:
    """The choice with another method; what is not on offer changes nothing."""
    allowed: tuple[str, ...] = NORMS if name == "norm" else AGGS
    return replace(old, **{name: value}) if value in allowed else old  # type: ignore[arg-type]


def _methods(ctx: Context, plan: Plan, choice: Choice) -> None:
    t = ctx.t
    key = "score-norm"
    st.session_state[key] = choice.norm
    st.selectbox(
        t("Scaling of measures"), list(NORMS), key=key,
        format_func=lambda item: scorecard_words.norm(item, t),
        on_change=_on(plan, key, lambda old, new: _with(old, "norm", new)),
    )  # fmt: skip
    key = "score-agg"
    st.session_state[key] = choice.agg
    st.segmented_control(
        t("Kind of average"), AGGS, key=key, required=True,
        format_func=lambda item: t("Arithmetic") if item == "arithmetic" else t("Geometric"),
        on_change=_on(plan, key, lambda old, new: _with(old, "agg", new)),
    )  # fmt: skip
    key = "score-per"
    st.session_state[key] = "population" if choice.per_person else "size"
    st.segmented_control(
        t("Counts and amounts"), ("size", "population"), key=key, required=True,
        format_func=lambda item: t("Size") if item == "size" else t("Per person"),
        on_change=_on(plan, key, lambda old, new: replace(old, per_person=new == "population")),
    )  # fmt: skip
    key = "score-noise"
    st.session_state[key] = "weights" if choice.weights_only else "all"
    st.segmented_control(
        t("The draws vary"), ("all", "weights"), key=key, required=True,
        format_func=lambda item: t("All choices") if item == "all" else t("Weights only"),
        on_change=_on(plan, key, lambda old, new: replace(old, weights_only=new == "weights")),
    )  # fmt: skip


def notes(ctx: Context, bad: Sequence[str]) -> None:
    """One polite line for each part of the link that could not be used."""
    way_out = ctx.href("scorecard")
    put(*(states.bad_link(Note("extra", part), ctx.t, {}, way_out) for part in bad[:3]))
