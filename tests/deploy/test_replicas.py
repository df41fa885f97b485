"""Three replicas on one published build: a new one comes while readers read; a replica is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from etl.build import build
from etl.store import Store
from observatory.db.connect import Databases
from tests import running
from tests.conftest import ROOT, TINY

pytestmark = pytest.mark.slow
HOST = "observatory.example"
LIMIT = 120.0


@dataclass
class Replica:
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    var: Path

    def get(self, path: str, host: str = HOST) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers={"host": host}, timeout=20)

    def build_id(self) -> str:
        return str(self.get("/readyz").json()["build_id"])


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, tiny_built: Path) -> Path:
    folder = tmp_path_factory.mktemp("published") / "builds"
    shutil.copytree(tiny_built, folder)
    return folder


@pytest.fixture(scope="module")
def replicas(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Replica]]:
    """As deploy/public.env has them, each with a folder of its own that follows the published one."""
    base = tmp_path_factory.mktemp("replicas")
    lines = (ROOT / "deploy" / "public.env").read_text("utf-8").splitlines()
    public = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    found: list[Replica] = []
    for number in range(3):
        port, var, log = _port(), base / f"var{number}", base / f"{number}.log"
        more = {"OBSERVATORY_VAR": str(var), "OBSERVATORY_SNAPSHOT": published.as_uri(),
                "OBSERVATORY_SNAPSHOT_EVERY": "5", "PYTHONPATH": str(ROOT)}  # fmt: skip
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "observatory.ui.server", "--port", str(port)],
                cwd=base, env={**os.environ, **public, **more}, stdout=out, stderr=out,
            )  # fmt: skip
        found.append(Replica(port, process, log, var))
    try:
        until = time.monotonic() + LIMIT
        for one in found:
            while True:
                assert one.process.poll() is None, one.log.read_text("utf-8")[-2000:]
                with contextlib.suppress(httpx.HTTPError):
                    if one.get("/readyz").status_code == 200:
                        break
                assert time.monotonic() < until, one.log.read_text("utf-8")[-2000:]
                time.sleep(0.2)
        yield found
    finally:
        for one in found:
            if one.process.poll() is None:
                one.process.terminate()
        for one in found:
            with contextlib.suppress(subprocess.TimeoutExpired):
                one.process.wait(30)
            if one.process.poll() is None:
                one.process.kill()


class Reader:
    """A session: runs a page and returns all bytes of the answer."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> Reader:
        self.socket = await websockets.connect(
            f"ws://{HOST}/_stcore/stream", host="127.0.0.1", port=self.port, max_size=None,
            subprotocols=[websockets.Subprotocol("streamlit")], open_timeout=LIMIT,
            additional_headers={"origin": f"https://{HOST}"},
        )  # fmt: skip
        return self

    async def __aexit__(self, *given: object) -> None:
        await self.socket.close()

    async def ask(self, page: str, query: str = "") -> None:
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        await self.socket.send(asked.SerializeToString())

    async def until_closed(self) -> None:
        """Read on until the other end is gone. TimeoutError where it stays for half a minute."""
        async with asyncio.timeout(30):
            with contextlib.suppress(websockets.ConnectionClosed):
                while True:
                    await self.socket.recv()

    async def run(self, page: str, query: str = "") -> bytes:
        await self.ask(page, query)
        parts: list[bytes] = []
        async with asyncio.timeout(LIMIT):
            while True:
                raw = await self.socket.recv()
                data = raw.encode() if isinstance(raw, str) else raw
                parts.append(data)
                answer = ForwardMsg()
                answer.ParseFromString(data)
                assert b"card is-error" not in data
                if (
                    answer.WhichOneof("type") == "script_finished"
                    and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                ):
                    return b"".join(parts)


def publish_another(published: Path, tmp_path: Path) -> str:
    """Build a changed copy of the tiny data into the published folder."""
    data = tmp_path / "data"
    shutil.copytree(TINY, data)
    file = data / "observations" / "adoption.csv"
    text = file.read_text("utf-8")
    assert ",42.5," in text
    file.write_text(text.replace(",42.5,", ",50.5,", 1), "utf-8")
    done, new = build(data, Store(published))
    assert new
    return done.build_id


def test_a_new_build_reaches_all_while_readers_read(
    replicas: list[Replica], published: Path, tmp_path: Path
) -> None:
    first = replicas[0].build_id()
    assert {one.build_id() for one in replicas} == {first}

    async def read() -> tuple[str, list[tuple[int, str, bytes]]]:
        seen: list[tuple[int, str, bytes]] = []
        done = asyncio.Event()

        async def reader(number: int) -> None:
            pages = ("economy", "ipo", "company")
            # One connection from first to last: a session that is lost ends the test.
            async with Reader(replicas[number % 3].port) as one:
                step = 0
                # A few more after the last replica has moved.
                while not done.is_set() or step < 2:
                    page = pages[step % 3]
                    seen.append((number, page, await one.run(page, f"n={number}")))
                    step += 1
                seen.append((number, "economy", await one.run("economy")))

        async def publisher() -> str:
            second = await asyncio.to_thread(publish_another, published, tmp_path)
            until = time.monotonic() + LIMIT
            while {await asyncio.to_thread(one.build_id) for one in replicas} != {second}:
                assert time.monotonic() < until
                await asyncio.sleep(0.5)
            done.set()
            return second

        async with asyncio.TaskGroup() as group:
            published_now = group.create_task(publisher())
            for number in range(6):
                group.create_task(reader(number))
        return published_now.result(), seen

    second, seen = running.run(read())
    assert second != first
    for number in range(6):
        named = [
            {found.decode() for found in re.findall(rb"[0-9a-f]{12}", raw)} & {first, second}
            for reader, _, raw in seen
            if reader == number
        ]
        assert {len(ids) for ids in named} == {1}, "a page mixes two builds, or names none"
        at = named.index({second})
        assert named == [{first}] * at + [{second}] * (len(named) - at), "a reader never goes back"
    # Numbers go with the build that the page names.
    shown = {(first.encode() in raw, value) for _, page, raw in seen if page == "economy"
             for value in (b"42.5", b"50.5") if value in raw}  # fmt: skip
    assert shown == {(True, b"42.5"), (False, b"50.5")}
    assert {one.build_id() for one in replicas} == {second}


def test_the_public_profile_at_work(replicas: list[Replica]) -> None:
    one = replicas[0]
    assert one.get("/", host="evil.example").status_code == 400
    assert one.get("/healthz", host="10.0.0.1").status_code == 200
    for path in ("/_stcore/metrics", "/_stcore/agent/interact"):
        assert one.get(path).status_code == 404
    page = one.get("/economy")
    assert page.status_code == 200
    assert page.headers["x-request-id"]
    assert page.headers["content-security-policy"]
    said = one.get("/metrics").text
    assert 'observatory_events_total{event="snapshot_taken"} ' in said
    assert 'observatory_rerun_seconds_count{page="economy"}' in said
    # What the handbook would raise an alarm for is there under that name.
    alarms = set(
        re.findall(
            r"(?m)^\| `(observatory_\w+)", (ROOT / "docs" / "operations.md").read_text("utf-8")
        )
    )
    assert len(alarms) >= 7
    assert {name for name in alarms if f"\n{name}" not in said} == set()
    lines = [
        json.loads(line) for line in one.log.read_text("utf-8").splitlines() if line.startswith("{")
    ]
    assert any(line["message"] == "request" and line["path"] == "/economy" for line in lines)
    assert any(line["message"].startswith("took build ") for line in lines)


def test_sessions_come_from_our_own_pages(replicas: list[Replica]) -> None:
    """Another site's script cannot open one in a reader's browser."""

    async def opened(origin: str) -> int:
        try:
            async with websockets.connect(
                f"ws://{HOST}/_stcore/stream", host="127.0.0.1", port=replicas[0].port,
                subprotocols=[websockets.Subprotocol("streamlit")], open_timeout=LIMIT,
                additional_headers={"origin": origin},
            ):  # fmt: skip
                return 101
        except websockets.InvalidStatus as refused:
            return refused.response.status_code

    assert running.run(opened(f"https://{HOST}")) == 101
    assert running.run(opened("https://evil.example")) == 403


def test_a_server_killed_mid_rerun(replicas: list[Replica]) -> None:
    """Its reader loses the connection; the same page is whole elsewhere, and the build it had too."""
    one = replicas[1]

    async def kill_and_go_on() -> bytes:
        async with Reader(one.port) as reader:
            await reader.ask("sources")
            await reader.socket.recv()
            one.process.kill()
            await reader.until_closed()
        async with Reader(replicas[0].port) as reader:
            return await reader.run("sources")

    assert running.run(kill_and_go_on())
    assert one.process.wait(30) == -signal.SIGKILL
    with contextlib.closing(Databases(one.var).get()) as left:
        assert (left.build_id, left.faults) == (replicas[0].build_id(), ())


def test_sigterm_with_sessions_open(replicas: list[Replica]) -> None:
    one = replicas[2]

    async def stop() -> float:
        async with Reader(one.port) as reader:
            await reader.run("economy")
            assert "observatory_sessions 1" in (await asyncio.to_thread(one.get, "/metrics")).text
            started = time.monotonic()
            one.process.send_signal(signal.SIGTERM)
            await reader.until_closed()
            return started

    started = running.run(stop())
    assert one.process.wait(30) in (0, -signal.SIGTERM)
    assert time.monotonic() - started < 25
    assert "Traceback" not in one.log.read_text("utf-8")
    # What it had taken is whole, and the others go on.
    assert not list(one.var.glob(".tmp-*"))
    assert replicas[0].get("/readyz").status_code == 200
