"""The comparison's own URL parameters: anything gives two to six economies and a polite note."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.cards.filters import Filters
from observatory.cards.woven import slot, weave
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.ui.pick import compare as pick_compare
from observatory.ui.pick.controls import with_own
from observatory.views.compare import choice
from observatory.views.compare.table import STEPS, shade

EVERYONE = SCOPE + COMPARATORS


def _nearest(code: str) -> tuple[str, ...]:
    return ("AUS", "CAN") if code != "AUS" else ("KOR",)


def _read(**asked: str) -> tuple[choice.Choice, list[str]]:
    found, problems = choice.read(asked, SCOPE, {"a", "b"}, _nearest)
    return found, [one.kind for one in problems]


def test_no_parameter_is_the_default_without_a_note() -> None:
    assert _read() == (choice.Choice(), [])


def test_a_small_group_is_compared_and_a_single_one_gets_its_likest() -> None:
    for group, wanted in (
        (("AUS", "IND"), ("AUS", "IND")),
        (("KOR",), ("KOR", "AUS")),
        (SCOPE, choice.DEFAULT),
    ):
        assert choice.economies_of(None, group, _nearest) == (wanted, ())


@pytest.mark.parametrize(
    ("text", "codes", "kinds"),
    [
        ("kor, jpn", ("KOR", "JPN"), []),
        ("JPN,KOR,JPN", ("JPN", "KOR"), []),
        ("KOR,XXX,JPN", ("KOR", "JPN"), ["unknown"]),
        ("KOR", ("KOR", "AUS"), ["one"]),
        ("AUS,nowhere", ("AUS", "KOR"), ["unknown", "one"]),
        ("nowhere", choice.DEFAULT, ["unknown"]),
        (",,", choice.DEFAULT, ["unknown"]),
        (",".join(SCOPE[:8]), SCOPE[:6], ["many"]),
    ],
)
def test_economies_are_kept_in_the_readers_order(
    text: str, codes: tuple[str, ...], kinds: list[str]
) -> None:
    found, said = _read(**{"with": text})
    assert found.economies == codes
    assert said == kinds


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ({"index": "2020", "per": "gdp", "log": "1", "measure": "a"}, []),
        ({"index": "1900"}, ["index"]), ({"index": "２０２０"}, ["index"]), ({"index": "x"}, ["index"]),
        ({"per": "head"}, ["per"]), ({"measure": "c"}, ["measure"]),
    ],
)  # fmt: skip
def test_switches_are_validated(asked: dict[str, str], kinds: list[str]) -> None:
    found, said = _read(**asked)
    assert said == kinds
    if not kinds:
        assert found == choice.Choice(choice.DEFAULT, 2020, True, "gdp", "a")
    else:
        assert found == choice.Choice()


@given(
    st.dictionaries(
        st.sampled_from(["with", "index", "per", "log", "measure"]), st.text(max_size=60)
    )
)
def test_whatever_is_asked_there_are_two_to_six_known_economies(asked: dict[str, str]) -> None:
    found, problems = choice.read(asked, SCOPE, {"a"}, _nearest)
    assert choice.LEAST <= len(found.economies) <= choice.MOST
    assert len(set(found.economies)) == len(found.economies)
    assert set(found.economies) <= set(EVERYONE)
    assert found.per in ("", *choice.PER)
    t = translator("en")
    for one in problems:
        lead, rest = choice.note(one, {}, t)
        assert lead
        assert "{value}" not in (lead + rest).replace(one.value, "")


def test_pickers_write_ids_and_keep_the_rest() -> None:
    start = Filters(extra=(("index", "2020"),))
    two = pick_compare.with_economies(start, ["KOR", "JPN"])
    assert two.get("with") == "KOR,JPN"
    assert two.get("index") == "2020"
    assert pick_compare.with_economies(two, ["KOR"]) == two
    assert pick_compare.with_economies(two, None) == two
    assert with_own(two, {"index": ""}).get("index") is None


def test_shades_run_from_last_to_first() -> None:
    assert [shade(rank, 9) for rank in (1, 3, 5, 7, 9)] == [4, 3, 2, 1, 0]
    assert shade(1, 5) == STEPS - 1
    assert shade(1, 1) == 0
    for base in range(2, 21):
        steps = [shade(rank, base) for rank in range(1, base + 1)]
        assert steps == sorted(steps, reverse=True)
        assert steps[0] == STEPS - 1
        assert steps[-1] == 0


def test_a_woven_sentence_keeps_its_words_and_escapes_them() -> None:
    said = weave(f"<b> has {slot('value')}, {slot('none')}.", value="8 & more")
    assert said.html == "&lt;b&gt; has 8 &amp; more, ."
