"""The frontier page: what was asked, its title and its first sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from observatory.analysis import frontier as fr
from observatory.analysis.lineage import named_families, runs_board
from observatory.cards.markup import Safe, h, join
from observatory.cards.states import Gap, banner
from observatory.i18n import Translator
from observatory.model.scope import COMPARATORS, SCOPE
from observatory.views import links
from observatory.views.frontier.data import WORLD, Block, Frontier, score_text
from observatory.views.frontier.words import behind, months, sure
from observatory.views.labels import clean
from observatory.views.measures import Catalogue

DEFAULT: Final = "CHN"
MEASURED: Final = 0.05
"""Months from which on a lag is one."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page shows: an economy, the other side, a board's id ("" where none is on file)."""

    economy: str
    other: str
    board: str
    chosen: bool = False


def ask(
    data: Frontier, economy: str | None, extra: Mapping[str, str]
) -> tuple[Ask, tuple[tuple[str, str], ...]]:
    """What was asked for, and (parameter, value) pairs that could not be used."""
    bad: list[tuple[str, str]] = []
    who = economy if economy in SCOPE + COMPARATORS else DEFAULT
    other = extra.get("against", WORLD)
    if other != WORLD and (other not in SCOPE + COMPARATORS or other == who):
        bad.append(("against", other))
        other = WORLD
    wanted = extra.get("board")
    board = data.find(wanted)
    if wanted and board is None:
        bad.append(("board", wanted))
    chosen = board is not None
    board = board or data.default(who, other)
    if other != WORLD and board and other not in board.last.economies():
        bad.append(("against", other))
        other = WORLD
        board = board if chosen else data.default(who, other)
    return Ask(who, other, board.id if board else "", chosen), tuple(bad)


def notes(bad: Sequence[tuple[str, str]], t: Translator) -> Safe | None:
    """A line above the page for each choice that could not be used."""
    said: list[Safe] = []
    for name, value in bad:
        if name == "board":
            lead = t("“{value}” is no board with a declared scale.", value=value)
            rest = t("Showing the board chosen by the rule under Method.")
        else:
            lead = t("“{value}” is not on this board.", value=value)
            rest = t("Showing the rest of the world.")
        said.append(banner("link", lead, rest, warn=True))
    return join(said) if said else None


def board_name(row: Mapping[str, Any], t: Translator) -> str:
    """The name of a board in the reader's language where one is known."""
    return t.data(clean(row["name"]))


def other_side(catalogue: Catalogue, other: str) -> str:
    """The other side inside a sentence."""
    return catalogue.t("the rest of the world") if other == WORLD else catalogue.say(other)


def title(catalogue: Catalogue, data: Frontier, asked: Ask) -> str:
    """The page's finding."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    who = catalogue.say(asked.economy)
    if board is None or board.last.now(asked.economy) is None:
        return t("No board with a declared scale holds a model of {economy} now", economy=who)
    block = board.last
    lag = block.lag(asked.economy, asked.other)
    said = behind(lag, t)
    if lag.kind == "leads":
        return t(
            "The best model of {economy} leads {other}",
            economy=who,
            other=other_side(catalogue, asked.other),
        )
    if lag.kind == "first":
        return t(
            "The best model of {economy} was the first at its level; {other} has gone on since",
            economy=who,
            other=other_side(catalogue, asked.other),
        )
    if said and lag.kind == "at_least":
        return t(
            "The best model of {economy} is at least {n} months behind {other}",
            economy=who,
            n=months(lag.months or 0, t),
            other=other_side(catalogue, asked.other),
        )
    if said:
        return t(
            "The best model of {economy} is {months} behind {other}",
            economy=who,
            months=said,
            other=other_side(catalogue, asked.other),
        )
    return t(
        "Months cannot be measured here: the best model of {economy} is {gap} points behind {other}",
        economy=who,
        gap=score_text(board.row, max(_points(block, asked), 0), t),
        other=other_side(catalogue, asked.other),
    )


def _points(block: Block, asked: Ask) -> float:
    mine = block.now(asked.economy)
    theirs = fr.best(_now(block, block.against(asked.economy, asked.other)), block.higher)
    return fr.gap(mine, theirs, block.higher) if mine and theirs else 0.0


def _now(block: Block, entries: Sequence[fr.Entry]) -> list[fr.Entry]:
    """Of the other side, what stands on the board now."""
    if block.by_release or not block.days:
        return list(entries)
    return [entry for entry in entries if entry.end == block.days[-1]]


def deck(catalogue: Catalogue, data: Frontier, asked: Ask) -> str:
    """Which board, which models, and how sure; one to four sentences."""
    t = catalogue.t
    board = data.boards.get(asked.board)
    if board is None:
        return t("Boards enter here once their scale is declared with a reason.")
    block = board.last
    mine, lag = block.now(asked.economy), block.lag(asked.economy, asked.other)
    said = [
        t("{board}, {day}", board=board_name(board.row, t), day=t.period(board.when)),
    ]
    if mine is not None:
        theirs = fr.best(_now(block, block.against(asked.economy, asked.other)), block.higher)
        if theirs is not None:
            said.append(
                t(
                    "{model} has {score}; {leader} of {economy} has {best}",
                    model=mine.name,
                    score=score_text(board.row, mine.score, t),
                    leader=theirs.name,
                    economy=catalogue.say(theirs.economy),
                    best=score_text(board.row, theirs.score, t),
                )
            )
    if lag.theirs is not None and lag.says and lag.theirs.end is not None:
        words = {"model": lag.theirs.name, "day": t.date(lag.theirs.end)}
        if block.by_release and lag.mine is not None and lag.mine.end is not None:
            said.append(
                t(
                    "A model as good came out on {day}: {model}; its own came out on {own}",
                    own=t.date(lag.mine.end),
                    **words,
                )
            )
        elif lag.kind == "exact":
            said.append(t("That level was first seen on {day}, held by {model}", **words))
        else:
            said.append(t("That level was already held on {day}, by {model}", **words))
    said.append(sure(lag, block, t))
    others = elsewhere(data, asked)
    if len(others) > 1:
        said.append(
            t(
                "Measured on {n} other boards, it is {low} to {high} months behind",
                n=t.number(len(others)), low=t.number(min(others), 1), high=t.number(max(others), 1),
            )
        )  # fmt: skip
    return t.sentences([part for part in said if part])


def elsewhere(data: Frontier, asked: Ask) -> list[float]:
    """Months behind on the other boards that can measure them; each stands alone."""
    found = []
    for board in data.order(asked.economy, asked.other):
        if board.id == asked.board:
            continue
        if asked.other != WORLD and board.last.now(asked.other) is None:
            continue
        lag = board.last.lag(asked.economy, asked.other)
        if lag.kind == "exact" and lag.months is not None and lag.months >= MEASURED:
            found.append(lag.months)
    return found


def remarks(data: Frontier, asked: Ask, t: Translator) -> list[str]:
    """What to keep in mind with the best model: whose weights it names, whose board it is on."""
    board = data.boards.get(asked.board)
    mine = board.last.now(asked.economy) if board else None
    row = data.rows.get(mine.row_id) if mine else None
    if board is None or mine is None or row is None:
        return []
    said = [derived(data, asked, mine, t)]
    if runs_board(clean(row["org_id"]), clean(board.row["origin"])):
        said.append(t("The maker of {model} also runs this board", model=mine.name))
    return [t.sentences([one]) for one in said if one]


def derived(data: Frontier, asked: Ask, mine: fr.Entry | None, t: Translator) -> str:
    """That the best model's name names another maker's weights, if it does."""
    row = data.rows.get(mine.row_id) if mine else None
    if mine is None or row is None:
        return ""
    families = named_families(mine.name, clean(row["org_id"]))
    if not families:
        return ""
    named = t.list([f"{family.word} ({family.maker})" for family in families])
    block = data.boards[asked.board].last
    own = [
        entry
        for entry in block.of(asked.economy)
        if not named_families(entry.name, clean(data.rows[entry.row_id]["org_id"]))
    ]
    if not block.by_release or not own or len(own) == len(block.of(asked.economy)):
        return t("The name of {model} names weights of {makers}", model=mine.name, makers=named)
    lag = fr.lag_by_release(own, block.against(asked.economy, asked.other), block.higher)
    if lag.mine is None or not behind(lag, t):
        return t("The name of {model} names weights of {makers}", model=mine.name, makers=named)
    return t(
        "The name of {model} names weights of {makers}; the best whose name names none, {own}, is {months} behind",
        model=mine.name,
        makers=named,
        own=lag.mine.name,
        months=behind(lag, t),
    )


def metric(row: Mapping[str, Any], t: Translator) -> str:
    """The board's measure with its direction."""
    name = t.data(clean(row["metric"]))
    if bool(row["higher_is_better"]):
        return t("{metric} (higher is better)", metric=name)
    return t("{metric} (lower is better)", metric=name)


def board_link(row: Mapping[str, Any], t: Translator) -> Safe:
    """A board's name, linked to its leaderboard."""
    name = board_name(row, t)
    return h("a", name, href=links.board(str(row["benchmark_id"])), data_go=True)


def board_names(data: Frontier, t: Translator) -> dict[str, str]:
    """Boards by id with the newest day on file, for the choice box."""
    return {
        board.id: t.parts((board_name(board.row, t), t.period(board.when)))
        for board in data.boards.values()
    }


def gaps(data: Frontier, t: Translator) -> list[Gap]:
    """What the page cannot say, for the note at its end."""
    fixed = [b.last for b in data.boards.values() if b.last.by_release]
    models = sum(len(block.entries) for block in fixed)
    undated = sum(entry.end is None for block in fixed for entry in block.entries)
    return [
        Gap(
            t("Release dates"),
            t(
                "of {n} scores on fixed tests, {m} belong to models without a release date on file."
                " They are never given one.",
                n=t.number(models), m=t.number(undated),
            ),
        ),
        Gap(
            t("Other entries of the boards"),
            t("of the arenas all entries of the thirteen economies are on file, of the United States the first"
              " ten; of Artificial Analysis the best few of each economy."),
        ),
        Gap(
            t("What makers report of themselves"),
            t("such scores have no scale here and enter no frontier; they are marked on the leaderboards."),
        ),
    ]  # fmt: skip
