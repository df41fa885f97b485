"""The scorecard in the link: what is read is what was written, and nonsense is no weight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from observatory.analysis.scorecard import AGGS, NORMS
from observatory.cards.filters import LONG, Filters, Known, parse, to_query
from observatory.model.scorecard import MAX_POINTS, MAX_WEIGHT
from observatory.ui.pick import scorecard as pick_scorecard
from observatory.views.scorecard.choice import PARAMS, Choice, Plan, read, write

MEASURES = {
    "papers_a": "research",
    "papers_b": "research",
    "users": "adoption",
    "models_c": "models",
}
PLAN = Plan(
    tuple(
        {
            "indicator_id": key, "pillar": pillar, "scale": "log", "low": 1.0, "high": 100.0, "why": "So.",
            "composite": None, "person_scale": "log" if key != "users" else None, "person_low": 0.1,
            "person_high": 10.0, "person_why": "Each.",
        }
        for key, pillar in MEASURES.items()
    ),
    {"models": "M.", "adoption": "A.", "research": "R."},
    {"balanced": ("Balanced", "Why."), "research": ("Research-led", "Why.")},
    {
        "balanced": {"models": 40, "adoption": 30, "research": 30},
        "research": {"models": 10, "adoption": 10, "research": 80, "papers_b": 3},
    },
)  # fmt: skip

choices = st.builds(
    lambda preset, changes, norm, agg, per, only: _changed(
        Choice(preset=preset, norm=norm, agg=agg, per_person=per, weights_only=only), changes
    ),
    st.sampled_from(list(PLAN.presets)),
    st.lists(st.tuples(st.sampled_from([*PLAN.pillars, *PLAN.indicators]), st.integers(0, MAX_POINTS))),
    st.sampled_from(NORMS),
    st.sampled_from(AGGS),
    st.booleans(),
    st.booleans(),
)  # fmt: skip


def _changed(choice: Choice, changes: list[tuple[str, int]]) -> Choice:
    for target, weight in changes:
        top = MAX_POINTS if target in PLAN.meanings else MAX_WEIGHT
        choice = choice.with_weight(PLAN, target, min(weight, top))
    return choice


@given(choices)
def test_a_link_is_read_as_it_was_written(choice: Choice) -> None:
    written = write(choice)
    assert read(written, PLAN) == (choice, [])
    # And through the address of the page.
    known = Known(extra=PARAMS)
    filters, notes = parse(written, known)
    assert notes == []
    assert dict(filters.extra) == written
    assert parse(to_query(filters), known) == (filters, [])


@given(choices)
def test_equal_choices_are_equal_values(choice: Choice) -> None:
    """Order of the parts does not matter, so that sessions share what they see."""
    parts = write(choice).get("w", "").split(",")
    mixed = {**write(choice), "w": ",".join(reversed(parts))} if parts != [""] else write(choice)
    assert read(mixed, PLAN)[0] == choice
    assert hash(choice) == hash(read(mixed, PLAN)[0])


@given(st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=60)))
def test_anything_else_is_the_usual_with_a_note(values: dict[str, str]) -> None:
    choice, bad = read(values, PLAN)
    assert choice.preset in PLAN.presets
    assert choice.norm in NORMS
    weights = choice.weights(PLAN)
    assert (weights.pillars >= 0).all()
    assert (weights.within <= MAX_WEIGHT).all()
    assert all(len(part) <= 40 for part in bad)


def test_what_cannot_be_used_is_named() -> None:
    given_: dict[str, str] = {
        "w": "models:101,nobody:3,users:9,research:7,adoption:-1,:3,papers_a:2",
        "norm": "sum", "agg": "best", "per": "head", "noise": "none", "preset": "mine",
    }  # fmt: skip
    choice, bad = read(given_, PLAN)
    assert choice == Choice(changed=(("research", 7), ("papers_a", 2)))
    assert bad == [
        "preset=mine", "norm=sum", "agg=best", "per=head", "noise=none",
        "w=models:101", "w=nobody:3", "w=users:9", "w=adoption:-1", "w=:3",
    ]  # fmt: skip


def test_only_what_differs_from_the_preset_is_written() -> None:
    assert write(Choice()) == {}
    choice = Choice(preset="research").with_weight(PLAN, "papers_b", 3)
    assert write(choice) == {"preset": "research"}
    choice = choice.with_weight(PLAN, "papers_b", 1).with_weight(PLAN, "models", 11)
    assert write(choice)["w"] == "models:11,papers_b:1"
    assert choice.with_weight(PLAN, "models", 10).changed == (("papers_b", 1),)
    assert choice.with_preset("balanced") == Choice()
    assert choice.weights(PLAN).pillars.tolist() == [11, 10, 80]


def test_every_weight_changed_fits_into_the_link() -> None:
    """The longest link the shipped plan can give, and one sign too many."""
    import yaml

    from tests.data.test_shipped import DATA

    plan: dict[str, Any] = yaml.safe_load((DATA / "scorecard.yml").read_text(encoding="utf-8"))
    longest = ",".join(
        [*(f"{key}:100" for key in plan["pillars"]), *(f"{key}:5" for key in plan["indicators"])]
    )
    assert 300 < len(longest) < LONG["w"]
    filters, notes = parse({"w": longest}, Known(extra=PARAMS))
    assert (dict(filters.extra), notes) == ({"w": longest}, [])
    too_long = "models:1," * 200
    filters, notes = parse({"w": too_long}, Known(extra=PARAMS))
    assert filters.extra == ()
    assert [note.kind for note in notes] == ["extra"]
    # Other parameters keep the short limit.
    filters, notes = parse({"norm": "g" * 201}, Known(extra=PARAMS))
    assert filters.extra == ()
    assert len(notes) == 1


def test_controls_edit_their_own_parameters_only() -> None:
    filters = Filters(economies=("KOR",), extra=(("other", "x"), ("w", "models:1")))
    edited = pick_scorecard.filters_with(filters, Choice(norm="leader"))
    assert edited == replace(filters, extra=(("norm", "leader"), ("other", "x")))


def test_goalposts_per_person() -> None:
    assert PLAN.divided("papers_a")
    assert not PLAN.divided("users")
    assert PLAN.goal("papers_a", True, per_person=True).low == 0.1
    assert PLAN.goal("papers_a", True, per_person=False).high == 100
    assert PLAN.goal("users", False, per_person=True).rising is False
    assert PLAN.why("papers_a", per_person=True) == "Each."
    assert PLAN.why("users", per_person=True) == "So."
