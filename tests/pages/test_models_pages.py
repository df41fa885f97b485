"""Models, leaderboards and the frontier gap: every economy and board, early days, bad links."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

import pandas as pd
import pytest

from observatory.cards.filters import Filters
from observatory.db.connect import Database
from observatory.i18n import translator
from observatory.model.scope import COMPARATORS, PRESETS, SCOPE
from observatory.ui.pick import controls as pickers
from observatory.ui.pick import models as pick_models
from observatory.views.benchmarks import boards as leaderboard_data
from observatory.views.benchmarks import languages as benchmarks_languages
from observatory.views.benchmarks import page as benchmarks
from observatory.views.benchmarks import safety as benchmarks_safety
from observatory.views.benchmarks import side as benchmarks_side
from observatory.views.benchmarks import video as benchmarks_video
from observatory.views.frontier import charts as frontier_charts
from observatory.views.frontier import data as frontier_data
from observatory.views.frontier import lag as frontier_lag
from observatory.views.frontier import matrix as frontier_matrix
from observatory.views.frontier import page as frontier
from observatory.views.frontier import tables as frontier_tables
from observatory.views.measures import Catalogue
from observatory.views.models import one as model
from observatory.views.models import page as models
from observatory.views.models import rows as models_list
from observatory.views.models import trends as models_trends
from tests.pages.opened import no_slip, sound_card, told, words

EARLY = dt.date(2020, 1, 1)


@pytest.fixture(scope="module")
def data(db: Database) -> frontier_data.Frontier:
    return frontier_data.load(db, None)


@pytest.fixture(scope="module")
def boards(db: Database) -> leaderboard_data.Boards:
    return leaderboard_data.load(db, None)


@pytest.fixture(scope="module")
def rows(db: Database) -> list[dict[str, object]]:
    return models.rows_of(db, None)


# The pages in the app ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("frontier", {}),
        ("frontier", {"economy": "JPN"}),
        ("frontier", {"economy": "TWN", "economies": "TWN"}),
        ("frontier", {"economy": "KOR", "lang": "ko", "present": "1"}),
        ("frontier", {"economy": "CHN", "as_of": "2020-01-01"}),
        ("frontier", {"economy": "CHN", "board": "epoch-eci", "against": "USA", "lang": "ja"}),
        ("benchmarks", {}),
        ("benchmarks", {"view": "languages", "lang": "zh-Hant"}),
        ("benchmarks", {"view": "safety"}),
        ("benchmarks", {"view": "video"}),
        ("benchmarks", {"as_of": "2020-01-01"}),
        ("benchmarks", {"board": "kmmlu", "date": "2025-07.2"}),
        ("models", {}),
        ("models", {"economies": "PHL"}),
        ("models", {"as_of": "2020-01-01"}),
        ("models", {"q": "深度求索", "sort": "-params", "y": "compute", "lang": "ko"}),
        ("models", {"from": "JPN", "weights": "open", "page": "9"}),
        ("model", {"id": "deepseek-r1"}),
        ("model", {"id": "kling-3-0", "lang": "ja"}),
        ("model", {}),
    ],
    ids=lambda value: (
        value if isinstance(value, str) else "&".join(f"{k}={v}" for k, v in value.items())
    ),
)
def test_pages_stand(page: str, query: dict[str, str]) -> None:
    # In a talk a page is its title and a picture.
    assert len(no_slip(told(page, **query))) > (20 if "present" in query else 200)


@pytest.mark.parametrize(
    ("page", "query", "said"),
    [
        ("frontier", {"board": "nonsense"}, "“nonsense” is no board with a declared scale."),
        ("frontier", {"board": "arena-text", "against": "THA"}, "“THA” is not on this board."),
        ("benchmarks", {"board": "x9"}, "“x9” is no board on file."),
        ("benchmarks", {"date": "1999"}, "“1999” is no date of this board."),
        ("benchmarks", {"view": "x9"}, "“x9” is no view of this page."),
        ("models", {"weights": "half"}, "“half” is no choice of this page."),
        ("model", {"id": "x9"}, "“x9” is no model we know."),
    ],
)
def test_bad_links_fall_back_with_a_note(page: str, query: dict[str, str], said: str) -> None:
    assert said in no_slip(told(page, **query))


def test_which_board_had_kling_first() -> None:
    said = no_slip(told("benchmarks", view="video"))
    assert re.search(r"On none of \d+ board copies on file is Kling 3\.0 first", said)
    assert "31 Mar 2026" in said
    assert "What the founding digest said" in said
    assert "1,240" in said


def test_how_far_behind_is_japan() -> None:
    said = no_slip(told("frontier", economy="JPN"))
    assert re.search(
        r"The best model of Japan is \d+\.\d months behind the rest of the world", said
    )
    assert re.search(r"\d+ of \d+ of its models on the board are dated", said)
    assert "names weights of" in said
    assert "also runs this board" in said


# Frontier -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("economy", SCOPE + COMPARATORS)
def test_every_economy_on_its_default_board(
    catalogue: Catalogue, data: frontier_data.Frontier, economy: str
) -> None:
    asked, bad = frontier.ask(data, economy, {})
    assert not bad
    assert frontier.title(catalogue, data, asked)
    no_slip(frontier.deck(catalogue, data, asked))
    for card in (
        frontier_charts.chart_card(catalogue, data, asked, SCOPE),
        frontier_lag.lag_card(catalogue, data, asked, SCOPE),
        frontier_tables.today_card(catalogue, data, asked, SCOPE),
        frontier_tables.boards_card(catalogue, data, asked),
    ):
        sound_card(card)


def test_every_board_is_drawn(catalogue: Catalogue, data: frontier_data.Frontier) -> None:
    for board in data.boards:
        asked, bad = frontier.ask(data, "CHN", {"board": board})
        assert not bad
        card = sound_card(frontier_charts.chart_card(catalogue, data, asked, SCOPE))
        assert card is not None
        assert "data-receipt" in str(getattr(card.body, "html", ""))
        assert frontier_tables.breaks_panel(catalogue, data, asked)


def test_lines_stay_inside_their_scale(catalogue: Catalogue, data: frontier_data.Frontier) -> None:
    """As many breaks are marked as there are borders between the scales of the series."""
    asked, _ = frontier.ask(data, "CHN", {"board": "lmarena-text"})
    assert asked.board == "arena-text"
    shown, holes = frontier_charts.bands(data.boards["arena-text"], catalogue.t)
    assert len(shown) >= 4
    assert all(one.end < other.start for one, other in pairwise(shown))
    assert holes


def test_matrix_of_every_group(catalogue: Catalogue, data: frontier_data.Frontier) -> None:
    for members in (*PRESETS.values(), ("VNM",)):
        sound_card(frontier_matrix.matrix_card(catalogue, data, members))


def test_an_early_day_has_no_board(db: Database) -> None:
    catalogue = Catalogue(db, translator("en"), EARLY)
    data = frontier_data.load(db, EARLY)
    asked, _ = frontier.ask(data, "CHN", {})
    assert asked.board == ""
    card = frontier_charts.chart_card(catalogue, data, asked, SCOPE)
    assert card is not None
    assert card.empty is not None
    assert frontier_tables.today_card(catalogue, data, asked, SCOPE) is None


# Leaderboards -------------------------------------------------------------------------------------


def test_every_ranking_of_every_board(
    catalogue: Catalogue, boards: leaderboard_data.Boards
) -> None:
    seen = 0
    for board in boards.ids:
        for ranking in boards.rankings(board):
            chosen, bad = benchmarks.choice(boards, {"board": board, "date": ranking.key})
            assert not bad
            assert chosen.date == ranking.key
            # A copy is one date; runs of one test are the only exception.
            dates = {r.row["as_of"] for r in ranking.rows}
            assert len(dates) <= 1 or board in boards.runs
            seen += 1
    assert seen > 250
    for board in boards.ids[::10]:
        chosen, _ = benchmarks.choice(boards, {"board": board})
        sound_card(benchmarks.board_card(catalogue, boards, chosen))
        sound_card(benchmarks_side.economies_card(catalogue, boards, chosen))
        sound_card(benchmarks_side.dates_card(catalogue, boards, chosen))


def test_a_makers_report_is_marked(catalogue: Catalogue, boards: leaderboard_data.Boards) -> None:
    chosen, _ = benchmarks.choice(boards, {"board": "kmmlu"})
    card = benchmarks.board_card(catalogue, boards, chosen)
    assert card.title.startswith("In what ")
    assert "self-reported" in str(getattr(card.body, "html", ""))
    picks = {pick.board for pick in benchmarks_languages.picks(boards)}
    assert "kmmlu" not in picks


def test_languages_stand_on_independent_boards(
    catalogue: Catalogue, boards: leaderboard_data.Boards
) -> None:
    found = benchmarks_languages.picks(boards)
    assert {pick.language for pick in found} >= {"zh-Hans", "ja", "ko", "vi", "indic", "fil"}
    for pick in found:
        if pick.ranking is not None:
            assert not pick.ranking.self_reported
            assert len(pick.ranking.rows) >= 5
            assert pick.board not in boards.best_only
    sound_card(benchmarks_languages.matrix_card(catalogue, boards))
    sound_card(benchmarks_languages.boards_card(catalogue, boards))


def test_safety_boards_say_their_direction(
    catalogue: Catalogue, boards: leaderboard_data.Boards
) -> None:
    shown = benchmarks_safety.boards(boards)
    assert {"foresightsafety-overall", "fli-ai-safety-index-winter-2025"} <= set(shown)
    for board in shown:
        card = sound_card(benchmarks_safety.card(catalogue, boards, board))
        assert card is not None
        assert "is better" in card.subtitle
    overall = benchmarks_safety.card(catalogue, boards, "foresightsafety-overall")
    assert "lower is better" in overall.subtitle


def test_video_rows_are_those_of_the_boards(boards: leaderboard_data.Boards) -> None:
    for row in benchmarks_video.copies(boards):
        ranking = boards.ranking(row["board"], row["key"])
        assert ranking is not None
        assert ranking.rows[0].row["row_id"] == row["first_row"]
        third = [r for r in ranking.rows if benchmarks_video.CLAIMED.search(r.row["model_name"])]
        assert (row["third_row"] is None) == (not third)
    assert benchmarks_video.CLAIMED.search("kling-v3-pro")
    assert benchmarks_video.CLAIMED.search("Kling 3.0 (with audio)")
    assert not benchmarks_video.CLAIMED.search("kling-o3-pro")
    assert not benchmarks_video.CLAIMED.search("Kling 2.5 Turbo")


# Models -------------------------------------------------------------------------------------------


def test_every_model_has_a_page(
    catalogue: Catalogue, boards: leaderboard_data.Boards, rows: list[dict[str, object]]
) -> None:
    assert len(rows) > 1400
    most = sorted(rows, key=lambda row: -int(str(row["n_boards"])))[:12]
    for row in [*most, *rows[::120]]:
        found = model.load(catalogue, row, boards)
        no_slip(model.deck(catalogue, found))
        for part in (
            model.identity(catalogue, found), model.names_panel(catalogue, found),
            model.sources_panel(catalogue, found),
        ):  # fmt: skip
            no_slip(words(part.html))
        sound_card(model.results_card(catalogue, found, boards))


def test_limits_narrow_and_counts_add_up(rows: list[dict[str, object]]) -> None:
    everything = models.fits(rows, models.Choice())
    assert len(everything) == len(rows)
    for weights in models.WEIGHTS:
        part = models.fits(rows, models.Choice(weights=weights))
        assert 0 < len(part) < len(rows)
        assert {row["weights"] for row in part} == {weights}
    assert sum(len(models.fits(rows, models.Choice(size=s))) for s in models.SIZES) == len(rows)
    assert sum(len(models.fits(rows, models.Choice(licence=s))) for s in models.LICENCES) == len(
        rows
    )
    kimi = models.fits(rows, models.Choice(q="kimi k2"))
    assert kimi
    assert all("kimi" in str(row["folded"]) for row in kimi)
    assert models.fits(rows, models.Choice(q="深度求索")) == models.fits(
        rows, models.Choice(q="deepseek")
    ) or (len(models.fits(rows, models.Choice(q="深度求索"))) > 5)


@pytest.mark.parametrize("sort", models.SORTS)
@pytest.mark.parametrize("down", [True, False])
def test_what_is_not_known_stands_last(
    rows: list[dict[str, object]], sort: str, down: bool
) -> None:
    found = models.ordered(rows, models.Choice(sort=sort, down=down))
    assert {row["model_id"] for row in found} == {row["model_id"] for row in rows}
    column = {"released": "released", "params": "params_b", "context": "context_tokens"}.get(sort)
    if column:
        gone = [bool(pd.isna(row[column])) for row in found]
        assert gone == sorted(gone)


def test_addresses_lead_back_to_their_choice(rows: list[dict[str, object]]) -> None:
    chosen = models.Choice(
        q="qwen", origin="CHN", weights="open", sort="params", down=False, page=3
    )
    query = dict(
        pair.split("=") for pair in models.address(chosen, page=3).partition("?")[2].split("&")
    )
    again, bad = models.read(query, rows)
    assert (again, bad) == (chosen, ())


def test_numbers_of_the_trend_cards(catalogue: Catalogue, rows: list[dict[str, object]]) -> None:
    newest = models_trends.last_day(rows)
    card = sound_card(models_trends.releases_card(catalogue, rows, newest), "releases")
    assert card is not None
    assert card.table is not None
    frame = card.table.frame
    mine = frame[(frame["entity_id"] == "KOR") & (frame["period"] == "2025")]["value"].item()
    usable = [row for row in models_trends.checked(rows) if row["economy_id"] == "KOR"]
    assert mine == sum(str(row["released"]).startswith("2025") for row in usable)
    share = sound_card(models_trends.open_card(catalogue, rows), "open")
    assert share is not None
    assert share.table is not None
    known = [row for row in usable if row["weights"] != "unknown"]
    value = share.table.frame.set_index("entity_id").loc["KOR", "value"]
    assert value == pytest.approx(100 * sum(r["weights"] == "open" for r in known) / len(known))
    for axis in models.AXES:
        sound_card(models_trends.scatter_card(catalogue, rows, axis, "light"))


def test_the_list_in_pages(catalogue: Catalogue, rows: list[dict[str, object]]) -> None:
    card = sound_card(models_list.listing(catalogue, rows, models.Choice(page=99)))
    assert card is not None
    assert card.table is not None
    assert len(card.table.frame) == len(rows)
    nothing = models_list.listing(catalogue, rows, models.Choice(q="zzzz"))
    assert nothing.empty is not None


# Choices ------------------------------------------------------------------------------------------


def test_own_parameters_are_set_and_cleared() -> None:
    filters = Filters(extra=(("board", "a"), ("date", "b")))
    assert pickers.with_own(filters, {"board": "c", "date": ""}).extra == (("board", "c"),)
    assert pick_models.group(Filters()) is None
    assert pick_models.group(Filters(economies=("KOR",))) == ("KOR",)
