"""Swallow LLM Leaderboard: one YAML list, one entry a model with results by test set."""

from __future__ import annotations

from typing import Any

from etl.refresh.boards import Boards
from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Kit, as_number
from etl.refresh.tabular import mapping, sequence, yaml_of


def parse(kit: Kit) -> None:
    spec = kit.upstream.spec
    boards = Boards(
        kit, lambda source: source in spec.source_ids or source.startswith(f"{spec.snapshot_id}-")
    )
    (item,) = kit.of("models")
    entries = sequence(yaml_of(item), item.where)
    kit.count(item, len(entries))
    scores: dict[str, dict[str, str]] = {board: {} for board in spec.take["boards"]}
    about: dict[str, dict[str, Any]] = {}
    for entry in entries:
        fields = dict(mapping(entry, ("id", "name", "date", "results"), item.where))
        name = str(fields["name"])
        if name in about:
            raise Fault("each name once", f"{brief(name)!r} twice", item.where)
        about[name] = fields
        results = fields["results"] or {}
        for board, place in spec.take["boards"].items():
            part = results.get(place["set"])
            if part is None:
                continue
            score = mapping(part, (place["test"],), f"{item.where}, {brief(name)}")[place["test"]]
            if score is None:
                continue
            number = as_number(str(score), item.where, f"{place['test']} of {brief(name)}")
            if not 0 <= number <= 1:
                raise Fault("scores from 0 to 1", f"{score} for {brief(name)}", item.where)
            scores[board][name] = str(score)
    date = boards.same_as_last(scores) or item.published or kit.read_on.isoformat()
    edition = kit.edition(item, date)
    for board, found in scores.items():
        # Equal scores keep the order of the file.
        ranked = sorted(found, key=lambda name: -float(found[name]))
        for name, score in found.items():
            fields = about[name]
            model, org, economy = boards.maker(name, str(fields["id"]).partition("/")[0])
            note = f"model release {fields['date']}; rank computed within the file"
            if fields.get("reasoning") not in (None, "", "N/A"):
                note += f"; reasoning {_word(fields['reasoning'])}"
            boards.add(
                item,
                edition,
                {
                    "benchmark_id": board,
                    "model_id": model,
                    "model_name": name,
                    "org_id": org,
                    "economy_id": economy,
                    "score": score,
                    "rank": str(ranked.index(name) + 1),
                    "as_of": date,
                    "locator": f"id={fields['id']}",
                    "note": note,
                },
            )
    boards.speak_of({(board, date) for board in scores})


def _word(value: object) -> str:
    return (
        {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )
