"""Epoch AI benchmark runs: the mirror's one JSON document, or the hub's CSV of each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.refresh.boards import Boards
from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Kit, as_number, short
from etl.refresh.received import Received
from etl.refresh.tabular import json_of, mapping, sequence

Score = tuple[str, str, str, str, str]
"""Version of the model, score, release, maker, country."""


def parse(kit: Kit) -> None:
    spec = kit.upstream.spec
    boards = Boards(
        kit, lambda source: source in spec.source_ids or source.startswith(f"{spec.snapshot_id}-")
    )
    scores: dict[str, dict[str, str]] = {}
    rows: list[tuple[Received, str, Score]] = []
    for item in kit.files:
        for test, score in _json(kit, item) if item.role == "hub" else _csv(kit, item):
            board = spec.take["boards"].get(test)
            if not board:
                kit.left_out[f"scores of {test}, which we do not show"] += 1
                continue
            held = scores.setdefault(board, {})
            if score[0] in held:
                kit.left_out["second runs of one version"] += 1
                continue
            held[score[0]] = score[1]
            rows.append((item, board, score))
    if not rows:
        raise Fault("scores of a test the observatory shows", "none", kit.files[0].where)
    dates = {item.published for item in kit.files if item.published}
    date = boards.same_as_last(scores) or max(dates, default=kit.read_on.isoformat())
    ranks = {
        board: {
            name: at for at, name in enumerate(sorted(held, key=lambda name: -float(held[name])), 1)
        }
        for board, held in scores.items()
    }
    for item, board, (name, value, release, maker, _) in rows:
        model, org, economy = boards.maker(name, maker.partition(",")[0].strip())
        parts = [f"model release {release}"] if release else []
        index = board == spec.take["index"]
        if not index:
            parts.append("rank computed within the file")
        boards.add(
            item,
            kit.edition(item, date),
            {
                "benchmark_id": board,
                "model_id": model,
                "model_name": name,
                "org_id": org,
                "economy_id": economy,
                "score": value,
                "rank": "" if index else str(ranks[board][name]),
                "as_of": date,
                "locator": "index.eci_score"
                if index
                else f"benchmarks.{_test(spec.take['boards'], board)}",
                "note": "; ".join(parts),
            },
        )
    boards.speak_of({(board, date) for board in scores})


def _test(boards: dict[str, str], board: str) -> str:
    return next(test for test, name in boards.items() if name == board)


def _score(item: Received, name: str, value: object, high: float) -> str:
    number = as_number(str(value), item.where, f"score of {brief(name)}")
    if not 0 <= number <= high:
        raise Fault(f"scores from 0 to {high:g}", f"{value} for {brief(name)}", item.where)
    return short(number, 4)


def _json(kit: Kit, item: Received) -> Iterator[tuple[str, Score]]:
    document = mapping(json_of(item), ("index", "benchmarks"), item.where)
    index = sequence(document["index"], item.where)
    countries: dict[str, Any] = {}
    count = 0
    for entry in index:
        fields = mapping(
            entry, ("model_version", "eci_score", "release_date", "organization"), item.where
        )
        countries[str(fields["model_version"]).strip()] = fields.get("country") or ""
        if fields["eci_score"] is not None:
            name = str(fields["model_version"]).strip()
            count += 1
            yield (
                "eci",
                (
                    name,
                    _score(item, name, fields["eci_score"], 1000),
                    fields["release_date"] or "",
                    fields["organization"] or "",
                    countries[name],
                ),
            )
    for test, entries in mapping(document["benchmarks"], (), item.where).items():
        for entry in sequence(entries, item.where):
            fields = mapping(entry, ("model_version", "score"), item.where)
            if fields["score"] is None:
                continue
            name = str(fields["model_version"]).strip()
            count += 1
            yield (
                test,
                (
                    name,
                    _score(item, name, fields["score"], 1),
                    fields.get("release_date") or "",
                    fields.get("organization") or "",
                    countries.get(name, ""),
                ),
            )
    kit.count(item, count)


SCORES = ("mean_score", "Best score (across scorers)", "Score", "ECI Score")


def _csv(kit: Kit, item: Received) -> Iterator[tuple[str, Score]]:
    rows = kit.csv(item)
    column = next((name for name in SCORES if rows and name in rows[0]), None)
    if column is None:
        raise Fault(
            f"a column {' or '.join(SCORES)}", brief(list(rows[0]) if rows else []), item.where
        )
    stem = item.name.rsplit(".", 1)[0].casefold().replace("-", "_")
    tests = kit.upstream.spec.take["boards"]
    test = (
        "eci"
        if column == "ECI Score"
        else next((name for name in sorted(tests, key=len, reverse=True) if name in stem), stem)
    )
    for row in rows:
        name, value = row["Model version"].strip(), row[column]
        if name and value:
            yield (
                test,
                (
                    name,
                    _score(item, name, value, 1000 if test == "eci" else 1),
                    row.get("Release date", ""),
                    row.get("Organization", ""),
                    row.get("Country", ""),
                ),
            )
