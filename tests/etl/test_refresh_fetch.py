"""A small web server plays upstream: what it may do wrong, and how politely it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from upstreams import SMALL, TODAY, eased

from etl.refresh import run
from etl.refresh.faults import Fault
from etl.refresh.fetch import AGENT, Fetcher, Manners
from etl.refresh.run import Job
from etl.refresh.spec import FileSpec, Upstream

GOOD = b"developers,iso2_code,year,quarter\n1,KR,2025,3\n"
CSV = FileSpec(matches=["*.csv"], format="csv", max_mb=0.01)


@dataclass
class Upstreams:
    """Answers in turn for each path; the last one is repeated. What was asked stands in ``asked``."""

    answers: dict[str, list[Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""


@pytest.fixture
def web() -> Iterator[Upstreams]:
    state = Upstreams()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path
            state.asked.append((path, {k.lower(): v for k, v in self.headers.items()}))
            queue = state.answers[path]
            status, headers, body = queue.pop(0) if len(queue) > 1 else queue[0]
            if status == "slow":
                state.hold.wait(5)  # type: ignore[attr-defined]
                return
            self.send_response(status)
            length = headers.pop("Announce", None) if "Announce" in headers else str(len(body))
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", length or "0")
            self.end_headers()
            self.wfile.write(body)
            if length != str(len(body)):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    state.hold = threading.Event()  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    state.base = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    state.hold.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(tmp_path: Path, waits: list[float]) -> Iterator[Fetcher]:
    manners = Manners(
        tries=3, first_wait=1.0, longest_wait=60, silence=0.3, connect=2, sleep=waits.append
    )
    with Fetcher(tmp_path / "cache", TODAY, manners) as made:
        yield made


def get(fetcher: Fetcher, web: Upstreams, path: str = "/developers.csv") -> Any:
    return fetcher.get("developers", web.base + path, CSV)


def test_a_file_and_then_not_modified(web: Upstreams, fetcher: Fetcher) -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Thu, 12 Nov 2026 08:00:00 GMT"}
    web.answers["/developers.csv"] = [(200, headers, GOOD), (304, {}, b"")]
    first, second = get(fetcher, web), get(fetcher, web)
    assert (first.blob, first.published, first.unchanged) == (GOOD, "2026-11-12", False)
    assert (second.blob, second.published, second.unchanged) == (GOOD, "2026-11-12", True)
    assert web.asked[0][1]["user-agent"] == AGENT
    assert "if-none-match" not in web.asked[0][1]
    assert web.asked[1][1]["if-none-match"] == '"v1"'


def test_a_damaged_cache_is_not_believed(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(200, {"ETag": '"v1"'}, GOOD)]
    get(fetcher, web)
    next(fetcher.cache.glob("*.body")).write_bytes(b"half")
    assert get(fetcher, web).blob == GOOD
    assert "if-none-match" not in web.asked[1][1]


def test_asked_to_wait(web: Upstreams, fetcher: Fetcher, waits: list[float]) -> None:
    web.answers["/developers.csv"] = [(429, {"Retry-After": "7"}, b""), (200, {}, GOOD)]
    assert get(fetcher, web).blob == GOOD
    assert waits == [7.0]


def test_asked_to_wait_too_long(web: Upstreams, fetcher: Fetcher, waits: list[float]) -> None:
    web.answers["/developers.csv"] = [(429, {"Retry-After": "3600"}, b"")]
    with pytest.raises(Fault, match="asks to wait 3600 seconds: try later"):
        get(fetcher, web)
    assert waits == []


def test_server_errors_are_tried_again_with_longer_waits(
    web: Upstreams, fetcher: Fetcher, waits: list[float]
) -> None:
    web.answers["/developers.csv"] = [(500, {}, b"")]
    with pytest.raises(Fault, match="came status 500, in each of 3 tries"):
        get(fetcher, web)
    assert len(web.asked) == 3
    assert len(waits) == 2
    assert waits[1] > waits[0]


def test_one_error_does_no_harm(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(503, {}, b""), (200, {}, GOOD)]
    assert get(fetcher, web).blob == GOOD


def test_no_answer(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [("slow", {}, b"")]
    with pytest.raises(Fault, match="no answer in time"):
        get(fetcher, web)


def test_cut_off_answer(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(200, {"Announce": "5000"}, GOOD)] * 4
    web.answers["/developers.csv"] = [(200, {"Announce": "5000"}, GOOD) for _ in range(4)]
    with pytest.raises(Fault, match=r"cut off|no answer in time"):
        get(fetcher, web)


@pytest.mark.parametrize("status", [301, 308])
def test_moved_for_good(web: Upstreams, fetcher: Fetcher, status: int) -> None:
    web.answers["/developers.csv"] = [(status, {"Location": "/new/developers.csv"}, b"")]
    with pytest.raises(
        Fault, match=r"moved for good to http://127.*/new/developers.csv; look at it"
    ):
        get(fetcher, web)


def test_moved_for_now(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(302, {"Location": "/mirror.csv"}, b"")]
    web.answers["/mirror.csv"] = [(200, {}, GOOD)]
    assert get(fetcher, web).blob == GOOD


def test_round_and_round(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(302, {"Location": "/developers.csv"}, b"")]
    with pytest.raises(Fault, match="more than 5 redirects"):
        get(fetcher, web)


@pytest.mark.parametrize("status", [404, 410])
def test_gone(web: Upstreams, fetcher: Fetcher, status: int) -> None:
    web.answers["/developers.csv"] = [(status, {}, b"")]
    with pytest.raises(Fault, match=f"status {status}: moved or removed"):
        get(fetcher, web)


def test_forbidden(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(403, {}, b"")]
    with pytest.raises(Fault, match="expected status 200; came status 403"):
        get(fetcher, web)


def test_web_page(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(200, {"Content-Type": "text/html"}, b"<html>")]
    with pytest.raises(Fault, match=r"a csv file; came a web page \(text/html\)"):
        get(fetcher, web)


def test_too_large(web: Upstreams, fetcher: Fetcher) -> None:
    web.answers["/developers.csv"] = [(200, {}, b"x" * 20_000)]
    with pytest.raises(Fault, match=r"at most 0\.01 MB"):
        get(fetcher, web)


def test_nobody_there(fetcher: Fetcher) -> None:
    with pytest.raises(Fault, match="no connection"):
        fetcher.get("developers", "http://127.0.0.1:9/developers.csv", CSV)


def test_one_source_fails_and_the_others_go_on(
    web: Upstreams, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the rows for one source, a good file for another: a fault and a plan."""

    def served(name: str) -> Upstream:
        upstream = eased(name)
        terms = upstream.spec.licence.model_copy(update={"address": None, "says": []})
        role = next(iter(upstream.spec.files))
        spec = upstream.spec.files[role].model_copy(
            update={"address": f"{web.base}/{role}.csv", "optional": False}
        )
        changed = upstream.spec.model_copy(update={"files": {role: spec}, "licence": terms})
        return Upstream(name, changed, upstream.lookups)

    monkeypatch.setattr(run, "load", served)
    small = (SMALL / "innovation_graph" / "developers.csv").read_bytes()
    web.answers["/developers.csv"] = [(200, {}, small)]
    web.answers["/diffusion.csv"] = [(200, {}, b"<html><title>Moved</title></html>")]
    job = Job(Path("data"), TODAY, fetcher=fetcher)
    good, bad = job.run("innovation_graph"), job.run("ai_diffusion")
    assert good.plan is not None
    assert good.plan.unchanged == 12
    assert good.fault is None
    assert bad.plan is None
    assert "a web page" in str(bad.fault)
