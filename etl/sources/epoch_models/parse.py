"""Epoch AI models: notable, large-scale and all models, each one CSV, and what we count in them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from etl.refresh.faults import Fault, brief
from etl.refresh.kit import Kit, as_number
from etl.refresh.modelrows import Models, billions
from etl.refresh.received import Received
from etl.refresh.tabular import Row
from observatory.model.time import PeriodError, parse_period

COUNTRY = ("Country (of organization)", "Country (from Organization)")
THIRTEEN = ("east_asia_core", "south_east_asia", "middle_power")
PREFIX = "row Model="
OPEN = "Open weights"
CLOSED = ("API access", "Unreleased", "Hosted access (no API)")
DAY = re.compile(r"(?:\d{4}(-\d{2}(-\d{2})?)?)?")


def parse(kit: Kit) -> None:
    spec = kit.upstream.spec
    stem = f"{(spec.snapshot_id or '').partition('{')[0]}"
    models = Models(
        kit, lambda source: source in spec.source_ids or source.startswith(stem), PREFIX
    )
    pairs: set[tuple[str, str]] = set()
    read: list[tuple[str, Received, list[Row], str]] = []
    for item in kit.files:
        rows = kit.csv(item)
        country = next((name for name in COUNTRY if rows and name in rows[0]), None)
        if country is None:
            raise Fault(f"a column {COUNTRY[0]!r}", f"{brief(list(rows[0]))}", item.where)
        days = [_day(row, item) for row in rows]
        last = max(
            (day for day in days if len(day) == 10 and day <= kit.read_on.isoformat()), default=""
        )
        read.append((item.published or last or kit.read_on.isoformat(), item, rows, country))
    # What the newest file says goes; on the same day the shorter, better kept list.
    order = list(spec.files)
    read.sort(key=lambda part: order.index(part[1].role))
    read.sort(key=lambda part: part[0], reverse=True)
    for day, item, rows, country in read:
        edition = kit.edition(item, min(day, kit.read_on.isoformat()))
        for row in rows:
            _model(kit, models, item, edition, row, row[country])
        pairs |= _counts(kit, item, rows, country, day)
    roles = {item.role for item in kit.files}
    ids: dict[str, list[str]] = spec.take["sources"]

    def whole(row: Row) -> bool:
        role = next((role for role, known in ids.items() if row["source_id"] in known), None)
        if role is None:
            role = next(
                (
                    name
                    for name in ids
                    if row["source_id"].startswith(f"{stem}{name.replace('_', '-')}-")
                ),
                None,
            )
        return role in roles

    models.speak_of(whole)
    kit.observations_of(pairs)


def _day(row: Row, item: Received) -> str:
    text = row["Publication date"].strip()
    if not DAY.fullmatch(text):
        raise Fault(
            "days written YYYY-MM-DD", f"{text[:30]!r} for {brief(row['Model'])}", item.where
        )
    try:
        if text:
            parse_period(text)
    except PeriodError as fault:
        # The list goes back to the first programmes; what nobody dates right is no day.
        if text[:4] > "1900":
            raise Fault(
                "a day of the calendar", f"{text!r} for {brief(row['Model'])}", item.where
            ) from fault
    return text


def _model(kit: Kit, models: Models, item: Received, edition: str, row: Row, country: str) -> None:
    name = " ".join(row["Model"].split())
    day = row["Publication date"].strip()
    if not name:
        kit.left_out["rows without a name"] += 1
        return
    places = [part.strip() for part in country.split(",") if part.strip()]
    economy = kit.economy(places[0]) if places else None
    if not economy:
        if not places:
            kit.left_out["models without a country"] += 1
        return
    makers = [part.strip() for part in row["Organization"].split(",") if part.strip()]
    take: dict[str, Any] = kit.upstream.spec.take
    comparator = economy not in _thirteen(kit)
    if day and day[:4] < str(take["first_year_comparators" if comparator else "first_year"]):
        kit.left_out["models from before our time"] += 1
        return
    if comparator and (
        item.role != "notable" or not makers or not kit.names.organization(makers[0])
    ):
        known = makers and kit.upstream.lookup("organization", makers[0])
        if item.role != "notable" or not known:
            kit.left_out[
                "models of comparators that are not notable or whose maker is not on file"
            ] += 1
            return
    org = kit.organization(makers[0]) if makers else ""
    access = (row.get("Model accessibility") or "").strip()
    params = row["Parameters"].strip()
    if params:
        as_number(params, item.where, f"Parameters of {brief(name)}")
    note = _note(row, makers, org, places)
    models.add(
        item,
        edition,
        name,
        {
            "org_id": org,
            "economy_id": economy,
            "released": day,
            "modality": modality(row["Domain"], name),
            "params_b": billions(params),
            "open_weights": "true"
            if access.startswith(OPEN)
            else "false"
            if access in CLOSED
            else "",
            "notable_epoch": "true" if item.role == "notable" else "",
            "locator": f"{PREFIX}{name}",
            "confidence": "high"
            if row.get("Confidence", "").strip() in ("Confident", "")
            else "medium",
            "note": note,
        },
    )


def _thirteen(kit: Kit) -> set[str]:
    return {row["economy_id"] for row in kit.curated.rows("economies") if row["group"] in THIRTEEN}


def _note(row: Row, makers: list[str], org: str, places: list[str]) -> str:
    parts = []
    if makers and not org:
        parts.append(f"maker as listed: {makers[0]}")
    if len(makers) > 1:
        parts.append(f"joint work; first-listed organisation used; also: {'; '.join(makers[1:4])}")
    if len(set(places)) > 1:
        parts.append(f"further countries listed: {', '.join(dict.fromkeys(places[1:]))}")
    if row.get("Training compute (FLOP)", "").strip():
        parts.append(
            f"training compute FLOP (Epoch estimate)={row['Training compute (FLOP)'].strip()}"
        )
    if row.get("Notability criteria", "").strip():
        parts.append(f"Epoch notable: {row['Notability criteria'].strip()}")
    if row.get("Model accessibility", "").strip():
        parts.append(f"access: {row['Model accessibility'].strip()}")
    return " ".join("; ".join(parts).split())


def modality(domain: str, name: str) -> str:
    """Our word for Epoch's list of domains."""
    parts = {part.strip() for part in domain.split(",") if part.strip()}
    seen = parts & {"Vision", "Image generation", "Video", "3D modeling"}
    if "Robotics" in parts:
        return "embodied"
    if "Multimodal" in parts or ("Language" in parts and seen):
        return "multimodal"
    if "Video" in parts:
        return "video"
    if parts & {"Speech", "Audio"}:
        return "audio"
    if parts & {"Vision", "Image generation"}:
        return "image"
    if "Language" in parts:
        return "code" if "code" in name.casefold() else "text"
    return "other"


def _counts(
    kit: Kit, item: Received, rows: list[Row], country: str, day: str
) -> set[tuple[str, str]]:
    """Models by year and country; joint models count for each country once."""
    wanted: dict[str, Any] = kit.upstream.spec.take["counts"].get(item.role, {})
    pairs: set[tuple[str, str]] = set()
    source = kit.upstream.spec.take["series_source"].get(item.role, "")
    spread: dict[int, set[str]] = {}
    for at, row in enumerate(rows):
        names = {part.strip() for part in row[country].split(",") if part.strip()}
        spread[at] = {economy for name in names if (economy := _quiet(kit, name))}
    for indicator, rule in wanted.items():
        pairs.add((indicator, source))
        first = str(rule["first_year"])
        counts: Counter[tuple[str, str]] = Counter()
        best: dict[tuple[str, str], tuple[float, str, str]] = defaultdict(lambda: (0.0, "", ""))
        for at, row in enumerate(rows):
            year = row["Publication date"].strip()[:4]
            if not year or year < first:
                continue
            if rule["of"] == "open" and not (row.get("Model accessibility") or "").startswith(OPEN):
                continue
            text = row["Training compute (FLOP)"].strip()
            if rule["of"] == "compute" and not text:
                continue
            for economy in spread[at]:
                key = (economy, year)
                counts[key] += 1
                if rule["of"] == "compute":
                    flops = as_number(
                        text, item.where, f"training compute of {brief(row['Model'])}"
                    )
                    name = " ".join(row["Model"].split())
                    best[key] = max(best[key], (flops, text, name), key=lambda found: found[0])
        for (economy, year), count in sorted(counts.items()):
            if rule["of"] == "compute":
                _, value, name = best[economy, year]
                kit.observation(
                    item, indicator, source, economy, year, value, f"{PREFIX}{name}",
                    confidence="medium", hint="estimate", note=f"model: {name}",
                )  # fmt: skip
            else:
                part = f"; to {day}" if year == day[:4] else ""
                kit.observation(
                    item, indicator, source, economy, year, str(count), rule["locator"],
                    hint="derived", note=f"counted by this project{part}",
                )  # fmt: skip
    return pairs


def _quiet(kit: Kit, name: str) -> str | None:
    """Economy of a name that was counted or reported already with the models."""
    found = kit.upstream.lookup("economy", name)
    return (found.id or None) if found else kit.names.economy(name)[1]
