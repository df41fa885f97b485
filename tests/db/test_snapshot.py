"""Builds taken from a folder, a web server, an object store: whole or not at all."""

from __future__ import annotations

import errno
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from observatory.db import snapshot
from observatory.db.connect import Databases
from observatory.db.pointer import read_pointer
from observatory.db.snapshot import AnyFolder, Fault, Taken, take
from observatory.db.store import Store
from observatory.ui import metrics, replica
from tests.db import object_store
from tests.db.object_store import ObjectStore

Answer = tuple[int, bytes]


class Web:
    """A web server over a folder; `change` may give another answer for a path."""

    def __init__(self, folder: Path) -> None:
        self.change: dict[str, Callable[[bytes], Answer]] = {}
        self.asked: list[str] = []
        self.slow = 0.0
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                web.asked.append(name)
                file = folder / name
                status, body = (200, file.read_bytes()) if file.is_file() else (404, b"")
                told = len(body)
                if name in web.change:
                    status, body = web.change[name](body)
                    told = max(len(body), told) if status == 206 else len(body)
                # 206 stands for a line that breaks: the length of the whole, half of the bytes.
                self.send_response(200 if status == 206 else status)
                if status == 302:
                    self.send_header("location", "http://127.0.0.1:1/elsewhere")
                self.send_header("content-length", str(told))
                self.end_headers()
                step = 200_000
                for at in range(0, len(body), step):
                    time.sleep(web.slow if name.endswith("duckdb") else 0)
                    try:
                        self.wfile.write(body[at : at + step])
                    except OSError:
                        return

            def log_message(self, *given: object) -> None:
                """Tests need no lines of it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/builds/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def published(tmp_path: Path, tiny_built: Path) -> Path:
    """A folder as a publisher holds it: one build."""
    import shutil

    folder = tmp_path / "published"
    shutil.copytree(tiny_built, folder)
    return folder


@pytest.fixture
def web(published: Path) -> Iterator[Web]:
    server = Web(published)
    yield server
    server.close()


def other_build(folder: Path, number: int) -> str:
    """Publish the same content once more under another id; returns the id."""
    store = Store(folder)
    current = store.current()
    assert current is not None
    from dataclasses import replace

    build_id = f"{number:012x}"
    draft = store.temporary(build_id)
    draft.write_bytes(store.path(current).read_bytes())
    store.publish(draft, replace(current, build_id=build_id, file=f"observatory-{build_id}.duckdb"))
    return build_id


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"build.lock"}


def rewrite(folder: Path, **entries: object) -> None:
    """Change entries of the newest build in a pointer."""
    state = json.loads((folder / "current.json").read_text("utf-8"))
    state["builds"][0] |= entries
    if "build_id" in entries:
        state["current"] = entries["build_id"]
    (folder / "current.json").write_text(json.dumps(state), "utf-8")


@pytest.mark.parametrize("kind", ["file", "path", "http"])
def test_a_build_is_taken_once_and_served(
    kind: str, published: Path, web: Web, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    address = {"file": published.as_uri(), "path": str(published), "http": web.address}[kind]
    current = read_pointer(published).current
    assert take(address, var) == Taken(str(current), True)
    assert Databases(var).get().build_id == current
    file = var / f"observatory-{current}.duckdb"
    assert file.stat().st_mode & 0o222 == 0
    before = file.stat().st_ino
    web.asked.clear()
    assert take(address, var, thorough=True) == Taken(str(current), False)
    assert file.stat().st_ino == before
    assert not [name for name in web.asked if name.endswith("duckdb")]


def test_readers_move_on_without_a_restart_and_roll_back_with_the_publisher(
    published: Path, web: Web, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    first = take(web.address, var).build_id
    databases = Databases(var)
    old = databases.get()
    second = other_build(published, 2)
    assert take(web.address, var) == Taken(second, True)
    assert databases.get().build_id == second
    assert databases.get(first) is old, "links to the earlier build still open"
    store = Store(published)
    earlier = store.find(first)
    assert earlier is not None
    store.point_to(earlier)
    web.asked.clear()
    assert take(web.address, var) == Taken(first, True)
    assert databases.get() is old
    assert web.asked == ["current.json"], "a build that is kept is not fetched again"


def _flip(body: bytes) -> Answer:
    half = len(body) // 2
    return 200, body[:half] + bytes([body[half] ^ 1]) + body[half + 1 :]


FAULTS: dict[str, tuple[str, Callable[[bytes], Answer], str]] = {
    "another hash": ("duckdb", _flip, "hash"),
    "truncated": ("duckdb", lambda body: (200, body[: len(body) // 2]), "size"),
    "line breaks": ("duckdb", lambda body: (206, body[: len(body) // 2]), "unreachable"),
    "too long": ("duckdb", lambda body: (200, body + b"more"), "size"),
    "not there yet": ("duckdb", lambda body: (404, b""), "missing"),
    "server fails": ("duckdb", lambda body: (500, b""), "unreachable"),
    "no pointer": ("json", lambda body: (404, b""), "missing"),
    "elsewhere": ("json", lambda body: (302, b""), "unreachable"),
    "pointer cut": ("json", lambda body: (200, body[:40]), "pointer"),
    "pointer is a page": ("json", lambda body: (200, b"<html>sign in"), "pointer"),
    "pointer endless": ("json", lambda body: (200, b" " * 2_100_000), "pointer"),
    "pointer is no text": ("json", lambda body: (200, b"\xff\xfe"), "pointer"),
    "names nothing": ("json", lambda body: (200, b'{"current": "x", "builds": []}'), "pointer"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_not_whole_is_not_taken(
    case: str, published: Path, web: Web, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    first = take(web.address, var).build_id
    before = names(var)
    second = other_build(published, 2)
    kind, change, reason = FAULTS[case]
    web.change["current.json" if kind == "json" else f"observatory-{second}.duckdb"] = change
    with pytest.raises(Fault) as found:
        take(web.address, var)
    assert found.value.reason == reason
    assert names(var) == before
    assert Databases(var).get().build_id == first
    web.change.clear()
    assert take(web.address, var) == Taken(second, True), "the next look takes it"


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"file": "../../outside.duckdb"}, "pointer"),
        ({"file": "/etc/passwd"}, "pointer"),
        ({"build_id": "../x"}, "pointer"),
        ({"sha256": "0"}, "pointer"),
        ({"size": -1}, "pointer"),
        ({"size": "12"}, "pointer"),
        ({"size": 10**15}, "pointer"),
        ({"schema_version": 10**6}, "schema"),
    ],
)
def test_a_pointer_cannot_lead_astray(
    entries: dict[str, object], reason: str, published: Path, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    first = take(str(published), var).build_id
    other_build(published, 2)
    rewrite(published, **entries)
    with pytest.raises(Fault) as found:
        take(str(published), var)
    assert found.value.reason == reason
    assert Databases(var).get().build_id == first


def test_a_slow_place_is_given_up(published: Path, web: Web, tmp_path: Path) -> None:
    web.slow = 0.2
    with pytest.raises(Fault, match="slow"):
        take(web.address, tmp_path / "var", seconds=0.1)
    assert names(tmp_path / "var") == set()


def test_no_server_and_no_package(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="unreachable"):
        take("http://127.0.0.1:1/", tmp_path / "var")
    with pytest.raises(Fault, match="unreachable"):
        take("nonsense://x/", tmp_path / "var")
    with pytest.raises(Fault, match="missing"):
        take((tmp_path / "none").as_uri(), tmp_path / "var")


def test_a_full_disk_while_taking(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    var = tmp_path / "var"
    first = take(str(published), var).build_id
    before = names(var)
    other_build(published, 2)
    usage = snapshot.shutil.disk_usage(var)
    with monkeypatch.context() as patch:
        patch.setattr(snapshot.shutil, "disk_usage", lambda path: usage._replace(free=1000))
        with pytest.raises(Fault, match="storage: 1000 bytes free"):
            take(str(published), var)

    def full(self: Store, *given: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "publish", full)
    with pytest.raises(Fault, match="storage: No space left on device"):
        take(str(published), var)
    assert names(var) == before
    assert Databases(var).get().build_id == first


def test_two_replicas_on_one_folder_do_not_disturb_each_other(
    published: Path, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    with Store(var).locked(), pytest.raises(Fault, match="busy"):
        take(str(published), var)
    assert take(str(published), var).is_new


def test_a_damaged_file_here_is_fetched_again(published: Path, tmp_path: Path) -> None:
    var = tmp_path / "var"
    build_id = take(str(published), var).build_id
    file = var / f"observatory-{build_id}.duckdb"
    blob = bytearray(file.read_bytes())
    blob[len(blob) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(blob)
    assert not take(str(published), var).is_new, "size alone does not tell"
    assert take(str(published), var, thorough=True) == Taken(build_id, True)
    assert Databases(var).get().faults == ()


def test_the_follower_says_each_trouble_once_and_its_end(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setenv("OBSERVATORY_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("OBSERVATORY_SNAPSHOT", f" {published} ")
    follower = replica.Follower(replica.source())
    pointer = (published / "current.json").read_bytes()
    (published / "current.json").unlink()
    with caplog.at_level(logging.INFO, "observatory.snapshot"):
        assert [follower.look() for _ in range(3)] == [False] * 3
        (published / "current.json").write_bytes(pointer)
        assert follower.look()
    said = [record.message for record in caplog.records if record.name == "observatory.snapshot"]
    assert said[:2] == ["no build was taken: missing: current.json", "builds can be taken again"]
    assert len(said) == 3
    assert 'event="snapshot_taken"' in metrics.text({})


def test_how_often_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, seconds in (
        ("", 60),
        ("20", 20),
        ("0.1", 5),
        ("nonsense", 60),
        ("inf", 60),
        ("nan", 60),
    ):
        monkeypatch.setenv("OBSERVATORY_SNAPSHOT_EVERY", given)
        assert replica.every() == seconds


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    """An object store, and the usual settings of whoever may read it."""
    store = ObjectStore()
    for name, value in {
        "AWS_ENDPOINT_URL": store.address, "AWS_ACCESS_KEY_ID": object_store.KEY,
        "AWS_SECRET_ACCESS_KEY": object_store.SECRET, "AWS_DEFAULT_REGION": object_store.REGION,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    yield store
    store.close()


READERS = ["obstore", *(["s3fs"] if find_spec("s3fs") else [])]
"""s3fs cannot stand beside what is pinned (its python-dateutil is older); where it is there, it is tried."""


@pytest.mark.parametrize("reader", READERS)
def test_an_object_store(
    reader: str,
    bucket: ObjectStore,
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if reader != "obstore":
        monkeypatch.setattr(snapshot, "find_spec", lambda name: None)
    place, var = "s3://builds/observatory", tmp_path / "var"

    def put(*names: str) -> None:
        for name in names:
            bucket.objects[f"builds/observatory/{name}"] = (published / name).read_bytes()

    put(*(path.name for path in published.iterdir()))
    current = str(read_pointer(published).current)
    assert take(f"{place}/", var) == Taken(current, True)
    assert Databases(var).get().build_id == current
    bucket.asked.clear()
    assert take(place, var) == Taken(current, False)
    assert bucket.asked
    assert not [path for _, path, _ in bucket.asked if path.endswith("duckdb")]
    second = other_build(published, 2)
    name = f"observatory-{second}.duckdb"
    put("current.json")
    with pytest.raises(Fault, match="missing"):
        take(place, var)
    bucket.objects[f"builds/observatory/{name}"] = _flip((published / name).read_bytes())[1]
    with pytest.raises(Fault, match="hash"):
        take(place, var)
    assert Databases(var).get().build_id == current, "the last good build stays"
    put(name)
    assert take(place, var) == Taken(second, True)
    assert Databases(var).get().build_id == second
    with pytest.raises(Fault, match=r"missing|unreachable"):
        take("s3://nobody/observatory/", var)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    # What was opened is kept, with its keys.
    type(AnyFolder(place)._opened()[0]).clear_instance_cache()
    with pytest.raises(Fault, match=r"unreachable|missing") as refused:
        take(place, var)
    assert "another" not in str(refused.value)
    assert 403 in {status for _, _, status in bucket.asked}
    bucket.close()
    with pytest.raises(Fault, match="unreachable"):
        take(place, var)
    assert Databases(var).get().build_id == second
