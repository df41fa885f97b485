"""Pages are run ahead once a build, in the languages asked for, and a failing page stops nothing."""

from __future__ import annotations

import asyncio

import pytest

from observatory.ui import warm
from tests import running


def test_languages_are_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OBSERVATORY_WARM", raising=False)
    assert warm.languages() == ("en",)
    monkeypatch.setenv("OBSERVATORY_WARM", "ja, zh-hant,xx")
    assert set(warm.languages()) == {"ja", "zh-Hant"}
    seen = list(warm.views())
    assert seen[0] == ("briefing", {"lang": seen[0][1]["lang"]})
    assert len(seen) == len({(slug, *query.items()) for slug, query in seen}) > 60
    monkeypatch.setenv("OBSERVATORY_WARM", "off")
    assert list(warm.views()) == []


def test_a_page_that_fails_is_left_to_its_readers() -> None:
    assert warm.run("no-such-page", {}) >= 0


def test_each_build_is_run_once_and_a_new_one_ends_the_run_of_the_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[str] = []
    looked = 0

    def served() -> str:
        nonlocal looked
        looked += 1
        return "a" if looked <= 2 else "b"

    monkeypatch.setenv("OBSERVATORY_WARM", "en")
    monkeypatch.setattr(warm, "FIRST_WAIT", 0.0)
    monkeypatch.setattr(warm, "LOOK", 0.001)
    monkeypatch.setattr(warm, "LEAST_PAUSE", 0.0)
    monkeypatch.setattr(warm, "served", served)
    monkeypatch.setattr(warm, "views", lambda: iter([("x", {}), ("y", {}), ("z", {})]))

    def run(slug: str, query: dict[str, str]) -> float:
        ran.append(slug)
        return 0.0

    monkeypatch.setattr(warm, "run", run)

    async def watch() -> None:
        task = asyncio.create_task(warm.keep_warm())
        async with asyncio.timeout(60):
            while looked < 12:
                await asyncio.sleep(0.01)
        task.cancel()

    running.run(watch())
    assert ran == ["x", "y", "x", "y", "z"]
