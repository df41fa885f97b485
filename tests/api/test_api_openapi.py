"""The OpenAPI document is valid and true, and no request makes the server fail."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette

from observatory.api.ask import known_names
from observatory.api.resources import RESOURCES, Resource
from observatory.db import listing
from observatory.db.connect import Database

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="session")
def document(client: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


@pytest.fixture(scope="session")
def described(app: Starlette, document: dict[str, Any]) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_the_document_names_every_address_and_parameter(document: dict[str, Any]) -> None:
    paths = set(document["paths"])
    assert {"/api/v1/", *(one.path for one in RESOURCES)} <= paths
    for one in RESOURCES:
        told = [p["name"] for p in document["paths"][one.path]["get"]["parameters"]]
        assert sorted(told) == sorted(known_names(one))
        assert (f"{one.path}/{{id}}" in paths) == (one.id is not None)


def test_every_column_is_explained(document: dict[str, Any], db: Database) -> None:
    for one in RESOURCES:
        schema = document["components"]["schemas"][one.name.replace("-", "_")]["properties"]
        assert list(schema) == [field.name for field in listing.fields(db, one.listing)]
        assert [name for name, column in schema.items() if not column.get("description")] == []


@pytest.mark.parametrize("one", RESOURCES, ids=lambda one: one.name)
def test_rows_hold_what_the_document_says(
    client: Any, document: dict[str, Any], one: Resource
) -> None:
    from jsonschema import Draft202012Validator

    schema = {"$ref": f"#/components/schemas/{one.name.replace('-', '_')}", **document}
    check = Draft202012Validator(schema)
    for row in client.get(f"{one.path}?limit=300").json()["data"]:
        assert not list(check.iter_errors(row)), row


ADDRESSES = ["/api/v1/", *(one.path for one in RESOURCES),
             *(f"{one.path}/{{id}}" for one in RESOURCES if one.id)]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_request_that_fits_the_document_fails(described: Any, address: str) -> None:
    # Its own pytest plugin does not know pytest 9.2: the operations are run one by one here.
    operation = described[address]["GET"]

    @given(operation.as_strategy())
    @settings(
        max_examples=2 if "{" in address else 3,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def fits(case: Any) -> None:
        case.validate_response(case.call(), checks=CHECKS)

    fits()


_NAMES = st.sampled_from(sorted({name for one in RESOURCES for name in known_names(one)}))
# A path with a line break matches no route of Starlette; the server's own 404 answers it.
_THING = st.text(st.characters(exclude_characters="\n"), max_size=20)
_PAIRS = st.lists(st.tuples(_NAMES | st.text(max_size=8), st.text(max_size=30)), max_size=4)


@given(
    st.sampled_from([one.name for one in RESOURCES] + ["", "openapi.json"]),
    st.none() | _THING,
    _PAIRS,
)
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_nonsense_makes_the_server_fail(
    client: Any, name: str, thing: str | None, pairs: list[tuple[str, str]]
) -> None:
    def said(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    path = f"/api/v1/{name}" + (f"/{said(thing)}" if thing is not None else "")
    query = "&".join(f"{said(key)}={said(value)}" for key, value in pairs)
    reply = client.get(f"{path}?{query}")
    assert reply.status_code in {200, 400, 404, 406, 414}
    if reply.status_code != 200:
        assert reply.headers["content-type"] == "application/problem+json"
