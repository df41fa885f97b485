"""Each check of the stack's rule fails on its own broken file, at its line, and only then."""

from __future__ import annotations

import pytest
from tiny import Refuse, Tiny

from etl import block_tables, stack

FILE = "stack.yml"


def line_of(tiny: Tiny, text: str) -> int:
    return next(n for n, line in enumerate(tiny.lines(FILE), 1) if text in line)


def test_the_tiny_rule_is_fine(tiny: Tiny) -> None:
    found = tiny.check()
    assert found.errors == []
    frames = block_tables.frames(found.data, stack.TABLES)
    assert {name: len(frame) for name, frame in frames.items()} == {
        "stack_layers": 6,
        "stack_signs": 6,
        "stack_conditions": 6,
        "stack_suppliers": 1,
    }
    words = frames["stack_conditions"]
    assert words.loc[words["sign_id"] == "runners", "word"].tolist() == [
        "operational", "planned", "home",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("    indicator: firms_using\n", "    indicator: nobody\n", "using:", "is no indicator"),
        ("    indicator: firms_using\n", "    indicator: score_limited\n", "using:", "not known to be better"),
        ("    indicator: firms_using\n    since: 2020\n", "    indicator: firms_using\n", "using:", "needs since"),
        ("    indicator: firms_using\n", "", "using:", "an indicator belongs to signs of kind indicator"),
        ("    medium_from: 10\n    high_from: 50\n", "    medium_from: 50\n    high_from: 50\n", "using:",
         "is not below high_from"),
        ("    why: A tenth and a half.\n", "", "using:", "why: is empty; expected a value"),
        ("    why: A tenth and a half.\n", "    because: x\n", "because:", "is no field of this table"),
        ("    name: Rules\n", "", "rules:", "a sign that is no indicator needs a name"),
        ("    table: deals\n", "    table: claims\n", "rounds:", "cannot be read; expected"),
        ("    column: amount_usd_m\n", "    column: usd\n", "rounds:", "column 'usd' of deals"),
        ("    column: amount_usd_m\n", "    column: deal_id\n", "rounds:", "largest needs numbers"),
        ("    where: {kind: law}\n", "    where: {kind: bylaw}\n", "{kind: bylaw}", "'bylaw' of 'kind'; expected"),
        ("    where: {kind: law}\n", "    where: {topic: law}\n", "{topic: law}", "is no condition of 'policies'"),
        ("    since: 2020\n    medium_from: 10\n", "    since: 2020\n    where: {kind: law}\n    medium_from: 10\n",
         "where: {kind: law}", "is no condition of ''"),
        ("    layer: capital\n", "    layer: talent\n", "layer: talent", "is not in the vocabulary"),
        ("    kind: largest\n", "    kind: behind\n", "rounds:", "a board belongs to signs of kind behind"),
        ("    kind: largest\n    table: deals\n    column: amount_usd_m\n    where: {kind: round}\n",
         "    kind: behind\n    board: nowhere\n", "rounds:", "expected medium_from above high_from"),
        ("  capital: Paying for it.\n", "", "layers:", "the layer 'capital' is missing"),
        ("    ACME: org-two\n", "    ACME: nobody\n", "ACME:", "is no organisation on file"),
        ("  chips:\n    ACME", "  rockets:\n    ACME", "ACME:", "is not in the vocabulary"),
    ],
)  # fmt: skip
def test_a_broken_rule(tiny: Tiny, old: str, new: str, at: str, words: str) -> None:
    tiny.replace(FILE, old, new)
    found = [item for item in tiny.check().errors if item.check == "stack"]
    hits = [item for item in found if words in item.message]
    assert hits, [str(item) for item in found]
    place = line_of(tiny, at)
    if at in ("using:", "rounds:", "rules:") and hits[0].line != place:
        place = line_of(tiny, new.strip().splitlines()[0].strip())
    assert (hits[0].file, hits[0].line) == (f"tiny/{FILE}", place)


def test_a_board_must_be_on_file(tiny: Tiny) -> None:
    tiny.replace(
        FILE,
        "    kind: largest\n    table: deals\n    column: amount_usd_m\n    where: {kind: round}\n"
        "    medium_from: 10\n    high_from: 100\n",
        "    kind: behind\n    board: nowhere\n    medium_from: 100\n    high_from: 10\n",
    )
    (said,) = tiny.errors()
    assert "'nowhere' is no benchmark on file" in said


def test_a_layer_without_a_sign(tiny: Tiny) -> None:
    tiny.replace(FILE, "    layer: capital\n", "    layer: models\n")
    (said,) = tiny.errors()
    assert "layer 'capital' has no sign" in said


def test_the_same_measure_twice_in_a_layer(tiny: Tiny) -> None:
    block = "\n".join(tiny.lines(FILE)[line_of(tiny, "  using:") : line_of(tiny, "  rounds:") - 1])
    tiny.replace(FILE, "  rounds:\n", f"  again:\n{block}\n  rounds:\n")
    (said,) = tiny.errors()
    assert "is a sign of this layer twice" in said


def test_context_is_never_graded(tiny: Tiny) -> None:
    folder = tiny.data / "indicators"
    (folder / "adoption.yml").rename(folder / "context.yml")
    said = [item.message for item in tiny.check().errors if item.check == "stack"]
    assert any("is context, which is never graded" in message for message in said)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "the file is missing"),
        ("layers: {}\nsigns: {}\n", "the block 'suppliers' is missing"),
        ("layers: {}\nsigns: {}\nsuppliers: {}\nmore: {}\n", "unknown block 'more'"),
        ("layers: [\n", "cannot be read"),
        (f"layers: {'{a: ' * 60}1{'}' * 60}\n", "too deep"),
        ("layers:\n  chips: One.\n  chips: Two.\nsigns: {}\nsuppliers: {}\n", "stands twice"),
        ("layers:\n  chips: {a: b}\nsigns: {}\nsuppliers: {}\n", "expected one value"),
    ],
)
def test_a_broken_file(tiny: Tiny, content: str | None, words: str) -> None:
    if content is None:
        (tiny.data / FILE).unlink()
    else:
        tiny.write(FILE, content)
    assert any(words in said for said in tiny.errors()), tiny.errors()


def test_errors_stop_the_build_and_name_their_line(tiny: Tiny, refuse: Refuse) -> None:
    tiny.replace(FILE, "    ACME: org-two\n", "    ACME: nobody\n")
    line = line_of(tiny, "ACME")
    (said,) = refuse((f"{FILE}:{line}:1", "stack"))
    assert said == f"tiny/{FILE}:{line}:1: 'nobody' is no organisation on file [stack]"
