"""The API over a build, without the rest of the server."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from observatory.api.routes import routes
from observatory.db.connect import Database, Databases

with warnings.catch_warnings():
    # Starlette would rather have another client.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def databases(shipped: Path) -> Databases:
    return Databases(shipped)


@pytest.fixture(scope="session")
def db(databases: Databases) -> Database:
    return databases.get()


@pytest.fixture(scope="session")
def app(databases: Databases) -> Starlette:
    return Starlette(routes=routes(databases.get))


@pytest.fixture(scope="session")
def client(app: Starlette) -> TestClient:
    return TestClient(app, base_url="http://data.example")


Get = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def get(client: TestClient) -> Get:
    """The JSON of an answer of 200: `get("deals", org="stepfun")`."""

    def ask(name: str, **query: Any) -> dict[str, Any]:
        reply = client.get(f"/api/v1/{name}", params=query)
        assert reply.status_code == 200, reply.text[:500]
        found: dict[str, Any] = reply.json()
        return found

    return ask
