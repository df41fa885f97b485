"""Arena leaderboards: one JSON document a board and day."""

from __future__ import annotations

from typing import Any

from etl.refresh.boards import Boards
from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Kit, as_number, short, whole_number
from etl.refresh.received import Received
from etl.refresh.tabular import json_of, mapping, sequence

FIELDS = ("rank", "model", "vendor", "votes", "score", "ci_low", "ci_high")


def parse(kit: Kit) -> None:
    boards = Boards(kit, lambda source: source.startswith(("arena-daily-mirror-", "arena-board-")))
    pairs: set[tuple[str, str]] = set()
    for item in kit.of("board"):
        document = json_of(item)
        if isinstance(document, dict) and "leaderboards" in document and "models" not in document:
            kit.left_out["lists of boards"] += 1
            continue
        meta = mapping(
            mapping(document, ("meta", "models"), item.where)["meta"], ("leaderboard",), item.where
        )
        name = str(meta["leaderboard"])
        board = kit.upstream.spec.take["boards"].get(name)
        if not board:
            kit.report("benchmark", name, "the board is left out")
            continue
        date = str(meta.get("fetched_at") or item.published or "")[:10]
        if len(date) != 10:
            raise Fault(
                "the day of the copy in meta.fetched_at", repr(meta.get("fetched_at")), item.where
            )
        pair = (board["id"], date)
        if pair in pairs:
            raise Fault(f"one file of {name} on {date}", "two", item.where)
        pairs.add(pair)
        _board(kit, boards, item, board, date, document, meta)
    if not pairs:
        raise Fault("a board the observatory shows", "none in these files")
    boards.speak_of(pairs)


def _board(
    kit: Kit,
    boards: Boards,
    item: Received,
    board: dict[str, Any],
    date: str,
    document: dict[str, Any],
    meta: Any,
) -> None:
    models = sequence(document["models"], item.where)
    kit.count(item, len(models))
    announced = str(meta.get("model_count") or len(models))
    if announced != str(len(models)):
        raise Fault(f"{announced} models as announced", f"{len(models)}", item.where)
    edition = kit.edition(item, date, board["id"].removeprefix("arena-"))
    seen: set[str] = set()
    others = 0
    for record in models:
        row = mapping(record, FIELDS, item.where)
        name, vendor = str(row["model"]), str(row["vendor"] or "")
        if name in seen:
            kit.left_out["second rows of one name on a board"] += 1
            continue
        seen.add(name)
        model, org, economy = boards.maker(name, vendor)
        if not org and not vendor:
            kit.left_out["rows taken without a maker, as the board names none"] += board["whole"]
        if not board["whole"]:
            group = _group(kit, economy)
            if group == "comparator":
                others += 1
            if group not in ("covered",) and not (
                group == "comparator" and others <= board["others"]
            ):
                kit.left_out[
                    "models of other economies, or of unknown ones, further down the board"
                ] += 1
                continue
        score = str(row["score"])
        number = as_number(score, item.where, f"score of {brief(name)}")
        whole_number(str(row["rank"]), item.where, f"rank of {brief(name)}")
        note = f"votes={row['votes']}"
        cells = {"ci_low": "", "ci_high": ""}
        if row["ci_low"] is not None and row["ci_high"] is not None:
            low, high = (as_number(str(row[key]), item.where, key) for key in ("ci_low", "ci_high"))
            cells = {"ci_low": short(number - abs(low), 4), "ci_high": short(number + abs(high), 4)}
            note += f"; interval +/-{short(abs(high), 4)}"
        if meta.get("last_updated"):
            note += f"; board dated {meta['last_updated']}"
        boards.add(
            item,
            edition,
            {
                "benchmark_id": board["id"],
                "model_id": model,
                "model_name": name,
                "org_id": org,
                "economy_id": economy,
                "score": score,
                "rank": str(row["rank"]),
                **cells,
                "as_of": date,
                "locator": f"model={name}",
                "note": note,
            },
        )


def _group(kit: Kit, economy: str) -> str:
    if not economy:
        return "unknown"
    rows = {row["economy_id"]: row["group"] for row in kit.curated.rows("economies")}
    group = rows.get(economy, "other")
    return (
        "comparator"
        if group == "comparator"
        else "covered"
        if economy in kit.names.covered
        else "other"
    )
