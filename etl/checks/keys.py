"""Keys and references: every id exists, no key stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.context import Context
from etl.findings import Finding, error, warning
from observatory.model.fields import Ref, RefList
from observatory.model.tables import TABLES, Table
from observatory.model.vocab import PartyKind


def key_of(context: Context, table: Table, row: Any) -> tuple[Any, ...]:
    """Key of a row; ``known_on`` stands for the day the row was known by."""
    return tuple(
        context.known(row) if column == "known_on" else getattr(row.record, column)
        for column in table.key
    )


def duplicate_keys(context: Context) -> Iterator[Finding]:
    """A key that stands twice in one table."""
    for table in TABLES:
        seen: dict[tuple[Any, ...], str] = {}
        for row in context.rows(table.name):
            key = key_of(context, table, row)
            place = f"{row.file}:{row.line}"
            if key in seen:
                shown = ", ".join(
                    f"{c}={getattr(row.record, c)}" for c in table.key if c != "known_on"
                )
                yield error(
                    "duplicate-key",
                    *row.at(table.key[0]),
                    f"{table.name} row with {shown} already stands at {seen[key]}; expected one row a key",
                )
            else:
                seen[key] = place


def _references(table: Table) -> dict[str, tuple[str, bool]]:
    """Columns of a table that hold ids of another: column -> (table, is a list)."""
    found: dict[str, tuple[str, bool]] = {}
    for column, info in table.record.model_fields.items():
        for mark in [*info.metadata, *_nested(info.annotation)]:
            if isinstance(mark, Ref | RefList):
                found[column] = (mark.table, isinstance(mark, RefList))
    return found


def _nested(annotation: Any) -> list[Any]:
    """Marks inside an optional or annotated type."""
    marks = list(getattr(annotation, "__metadata__", ()))
    for part in getattr(annotation, "__args__", ()):
        marks += _nested(part)
    return marks


REFERENCES: dict[str, dict[str, tuple[str, bool]]] = {
    table.name: _references(table) for table in TABLES
}

# References by id that are no declared foreign key: the target's key has more columns.
SOFT = {
    "deal_parties": {"deal_id": "deals"},
    "deal_links": {"deal_id": "deals", "related_deal_id": "deals"},
    "policy_topics": {"policy_id": "policies"},
    "policy_parties": {"policy_id": "policies"},
    "policy_relations": {"policy_id": "policies", "related_policy_id": "policies"},
}


def unknown_ids(context: Context) -> Iterator[Finding]:
    """An id that no row of the table it points at has."""
    for table in TABLES:
        targets = dict(REFERENCES[table.name])
        targets.update({column: (name, False) for column, name in SOFT.get(table.name, {}).items()})
        for column, (target, many) in targets.items():
            if not context.whole(target):
                continue
            known = context.ids[target]
            for row in context.rows(table.name):
                value = getattr(row.record, column)
                for part in value.split(";") if many and value else [value] if value else []:
                    if part not in known:
                        yield error(
                            "unknown-id",
                            *row.at(column),
                            f"{column}: {part!r} is no {target} id; expected one of the {len(known)} in data/",
                        )


def parties(context: Context) -> Iterator[Finding]:
    """Parties of deals and policies, and entities of claims, that point at nothing."""
    if not context.whole("economies", "organizations"):
        return
    homes = {
        PartyKind.ECONOMY: context.ids["economies"],
        PartyKind.ORGANIZATION: context.ids["organizations"],
    }
    for name in ("deal_parties", "policy_parties"):
        for row in context.rows(name):
            kind, value = row.record.party_kind, row.record.party_id
            if kind in homes and value not in homes[kind]:
                yield error(
                    "party",
                    *row.at("party_id"),
                    f"party_id: {value!r} is no {kind} id; expected one from data/, or another party_kind",
                )
            elif kind not in homes and value:
                yield error(
                    "party", *row.at("party_id"), f"party_id: expected empty for party_kind {kind}"
                )
    for row in context.rows("claims"):
        for part in (row.record.entity_ids or "").split(";"):
            if part and part not in homes[PartyKind.ECONOMY] | homes[PartyKind.ORGANIZATION]:
                yield error(
                    "party",
                    *row.at("entity_ids"),
                    f"entity_ids: {part!r} is neither an economy nor an organisation id",
                )


def shared_names(context: Context) -> Iterator[Finding]:
    """One official name carried by two organisations: perhaps one organisation twice."""
    first: dict[tuple[str, str], str] = {}
    for row in context.rows("names"):
        if row.record.kind != "official":
            continue
        key = (row.record.language, row.record.name.casefold())
        other = first.setdefault(key, row.record.org_id)
        if other != row.record.org_id:
            yield warning(
                "near-name",
                *row.at("name"),
                f"{row.record.name!r} is also the official name of {other!r}; expected distinct organisations",
                key=f"{other}/{row.record.org_id}",
            )
