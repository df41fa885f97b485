"""Public ids, scope and vocabularies: what links and pages rely on for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observatory.db.queries import KINDS
from observatory.model import scope
from observatory.model.ids import ROW_ID, row_id
from observatory.model.tables import BY_NAME, TABLES, reference_column
from observatory.model.vocab import IpoStage, SourceKind, Status

parts = st.lists(st.text(max_size=8), min_size=1, max_size=5)


def test_ids_never_change() -> None:
    """Links that readers keep hold these; a new way of hashing would break every one of them."""
    assert row_id("o", "firms_using", "JPN", "2024", "", "dataset", "") == "obzoykup2vj"
    assert row_id("d", "one-2024-a", "press", "1", "") == "d3uvguzlm52"


@given(parts)
def test_an_id_is_short_and_stable(key: list[str]) -> None:
    found = row_id("o", *key)
    assert ROW_ID.fullmatch(found)
    assert len(found) == 11
    assert found == row_id("o", *key)


@given(parts, parts)
def test_other_keys_have_other_ids(one: list[str], two: list[str]) -> None:
    assert (row_id("o", *one) == row_id("o", *two)) == (one == two)
    assert row_id("o", *one)[1:] != row_id("d", *one)[1:]


def test_a_key_split_elsewhere_is_another_key() -> None:
    assert row_id("o", "ab", "c") != row_id("o", "a", "bc")
    assert row_id("o", None) == row_id("o", "")


def test_letters_of_kinds_are_unique_and_known_to_receipts() -> None:
    letters = [table.kind for table in TABLES]
    assert len(TABLES) >= 26
    assert len(set(letters)) == len(letters)
    assert {letter: BY_NAME[table].kind for letter, table in KINDS.items()} == {
        letter: letter for letter in KINDS
    }


def test_tables_stand_after_those_they_refer_to() -> None:
    from etl.checks.keys import REFERENCES

    places = {table.name: index for index, table in enumerate(TABLES)}
    for table, columns in REFERENCES.items():
        for target, _ in columns.values():
            assert places[target] <= places[table], (table, target)


def test_keys_are_columns() -> None:
    for table in TABLES:
        assert set(table.key) <= set(table.columns), table.name
        assert reference_column(table.name) in table.columns
        assert table.comment.endswith("."), table.name
        assert all(info.description for info in table.record.model_fields.values()), table.name


def test_scope() -> None:
    assert len(scope.SCOPE) == len(set(scope.SCOPE)) == 13
    assert len(scope.COMPARATORS) == len(set(scope.COMPARATORS)) == 7
    assert not set(scope.SCOPE) & set(scope.COMPARATORS)
    assert scope.PRESETS["third-way5"] == ("AUS", "IND", "IDN", "KOR", "SGP")
    assert set(scope.PRESETS) == {"all13", "east-asia", "east-se-asia", "asean6", "third-way5"}
    assert len(scope.PRESETS["east-se-asia"]) == 11
    assert all(set(members) <= set(scope.SCOPE) for members in scope.PRESETS.values())
    assert (scope.MIN_CROSS_SECTION, scope.MIN_RANKED, scope.MAX_AGE_YEARS) == (8, 5, 3)


def test_words_whose_order_or_number_means_something() -> None:
    assert list(SourceKind) == ["official", "filing", "dataset", "paper", "press", "secondary"]
    assert len(Status) == 8
    stages = [IpoStage.FILED, IpoStage.HEARING, IpoStage.PRICED, IpoStage.LISTED]
    assert [stage for stage in IpoStage if stage in stages] == stages
