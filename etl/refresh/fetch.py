"""Fetch upstream files politely: conditional requests, back-off, limits, and a cache on disk."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx

from etl.refresh.faults import Fault, brief
from etl.refresh.received import Received
from etl.refresh.spec import FileSpec

AGENT = "east-asia-ai-observatory-refresh/1 (reads public data files now and then; one at a time)"
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
FOR_NOW = frozenset({302, 303, 307})
FOR_GOOD = frozenset({301, 308})
_JITTER = random.SystemRandom()

Progress = Callable[[str, int, int | None], None]
"""Called with the file's name, bytes so far and bytes in all, if stated."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How long and how often we ask. Seconds."""

    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 120.0
    connect: float = 10.0
    silence: float = 30.0
    whole: float = 300.0
    hops: int = 5
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


class _Again(Exception):
    """A passing trouble: worth another try after ``wait`` seconds (None: our own back-off)."""

    def __init__(self, came: str, wait: float | None = None) -> None:
        super().__init__(came)
        self.came, self.wait = came, wait


@dataclass(slots=True)
class Answer:
    """What the server gave; ``blob`` is None for 304."""

    blob: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class Fetcher:
    """A client with a cache below one folder. Use as a context manager."""

    cache: Path
    read_on: date
    manners: Manners = field(default_factory=Manners)
    progress: Progress = lambda name, got, whole: None
    transport: httpx.BaseTransport | None = None
    _client: httpx.Client | None = None

    def __enter__(self) -> Fetcher:
        limits = httpx.Timeout(
            self.manners.silence, connect=self.manners.connect, pool=self.manners.connect
        )
        self._client = httpx.Client(
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=limits,
            follow_redirects=False,
            transport=self.transport,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client:
            self._client.close()

    def get(self, role: str, address: str, spec: FileSpec) -> Received:
        """One file. Raises Fault with what was expected and what came."""
        name = _name(address)
        body, note = self._places(address)
        known = _note(note, body)
        wait, came = self.manners.first_wait, ""
        for attempt in range(self.manners.tries):
            try:
                answer = self._ask(address, name, spec, known)
                break
            except _Again as trouble:
                came = trouble.came
                pause = (
                    trouble.wait if trouble.wait is not None else wait * _JITTER.uniform(0.8, 1.2)
                )
                if pause > self.manners.longest_wait:
                    raise Fault(
                        "the file",
                        f"{came}; the server asks to wait {pause:.0f} seconds: try later",
                        name,
                    ) from trouble
                if attempt + 1 < self.manners.tries:
                    self.manners.sleep(pause)
                wait *= 2
        else:
            raise Fault("the file", f"{came}, in each of {self.manners.tries} tries", name)
        if answer.blob is None:
            blob = body.read_bytes()
            return Received(
                role, name, blob, address, self.read_on, known.get("published"), unchanged=True
            )
        published = _day(answer.modified)
        self._keep(body, note, answer, published)
        return Received(role, name, answer.blob, address, self.read_on, published)

    def _places(self, address: str) -> tuple[Path, Path]:
        key = hashlib.sha256(address.encode()).hexdigest()[:24]
        return self.cache / f"{key}.body", self.cache / f"{key}.json"

    def _ask(self, address: str, name: str, spec: FileSpec, known: dict[str, str]) -> Answer:
        """Follow passing redirects to an answer; a permanent one stops with the new address."""
        here = address
        for _ in range(self.manners.hops + 1):
            headers = {}
            if known.get("etag"):
                headers["If-None-Match"] = known["etag"]
            if known.get("modified"):
                headers["If-Modified-Since"] = known["modified"]
            done = self._once(here, name, spec, headers)
            if isinstance(done, Answer):
                return done
            if urlsplit(here).scheme == "https" and urlsplit(done).scheme != "https":
                raise Fault("an encrypted connection", f"a redirect to {brief(done)}", name)
            here = done
        raise Fault(
            "the file", f"more than {self.manners.hops} redirects, the last to {brief(here)}", name
        )

    def _once(
        self, address: str, name: str, spec: FileSpec, headers: dict[str, str]
    ) -> Answer | str:
        """One request: an answer, or the address it redirects to for now."""
        if self._client is None:
            raise RuntimeError("use the fetcher in a with statement")
        try:
            with self._client.stream("GET", address, headers=headers) as reply:
                status = reply.status_code
                if status == 304 and headers:
                    return Answer(None)
                if status in AGAIN:
                    raise _Again(f"status {status}", _retry_after(reply.headers.get("Retry-After")))
                target: str = urljoin(address, str(reply.headers.get("Location", "")))
                if status in FOR_GOOD:
                    raise Fault(
                        f"the file at {address}",
                        f"status {status}: it moved for good to {brief(target, 200)}; look at it, then "
                        "put the new address into source.yml",
                        name,
                    )
                if status in FOR_NOW:
                    return target
                if status in (404, 410):
                    raise Fault(
                        f"the file at {address}", f"status {status}: moved or removed", name
                    )
                if status != 200:
                    raise Fault("status 200", f"status {status}", name)
                kind = reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()
                if kind in ("text/html", "application/xhtml+xml") and spec.format != "markdown":
                    reply.read()
                    raise Fault(f"a {spec.format} file", f"a web page ({kind})", name)
                blob = self._body(reply, name, spec)
                return Answer(
                    blob, reply.headers.get("ETag", ""), reply.headers.get("Last-Modified", "")
                )
        except httpx.TimeoutException as fault:
            raise _Again(f"no answer in time ({type(fault).__name__})") from fault
        except httpx.RemoteProtocolError as fault:
            raise _Again(f"an answer that was cut off ({brief(fault)})") from fault
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as fault:
            raise Fault("a web address", brief(fault), name) from fault
        except httpx.TransportError as fault:
            raise _Again(f"no connection ({brief(fault)})") from fault
        except httpx.DecodingError as fault:
            raise _Again(f"a damaged compressed answer ({brief(fault)})") from fault

    def _body(self, reply: httpx.Response, name: str, spec: FileSpec) -> bytes:
        limit = int(spec.max_mb * 1e6)
        length = reply.headers.get("Content-Length", "")
        whole = int(length) if length.isdigit() else None
        if whole is not None and whole > limit:
            raise Fault(f"at most {spec.max_mb:g} MB", f"{whole / 1e6:.1f} MB announced", name)
        started, parts, got = self.manners.clock(), [], 0
        for part in reply.iter_bytes(65536):
            parts.append(part)
            got += len(part)
            self.progress(name, got, whole)
            if got > limit:
                raise Fault(f"at most {spec.max_mb:g} MB", "more; stopped reading", name)
            if self.manners.clock() - started > self.manners.whole:
                raise _Again(f"only {got:,} bytes in {self.manners.whole:.0f} seconds")
        return b"".join(parts)

    def _keep(self, body: Path, note: Path, answer: Answer, published: str | None) -> None:
        """Remember the answer; a cache that cannot be written costs a later download, no more."""
        blob = answer.blob or b""
        said = {
            "etag": answer.etag,
            "modified": answer.modified,
            "published": published or "",
            "sha256": hashlib.sha256(blob).hexdigest(),
        }
        with contextlib.suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            note.unlink(missing_ok=True)
            draft = body.with_suffix(f".{os.getpid()}")
            draft.write_bytes(blob)
            draft.replace(body)
            note.write_text(json.dumps(said), encoding="utf-8")


def _note(note: Path, body: Path) -> dict[str, str]:
    """What is known of a cached file; empty if it is damaged or absent."""
    try:
        said = json.loads(note.read_text(encoding="utf-8"))
        if hashlib.sha256(body.read_bytes()).hexdigest() != said["sha256"]:
            return {}
        return {key: str(value) for key, value in said.items() if value}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _name(address: str) -> str:
    """Last part of an address, with its query where that tells files apart."""
    parts = urlsplit(address)
    name = parts.path.rstrip("/").rsplit("/", 1)[-1] or parts.netloc
    return brief(name, 80)


def _retry_after(text: str | None) -> float | None:
    """Seconds of a Retry-After header: a number or a date."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _day(modified: str) -> str | None:
    try:
        return parsedate_to_datetime(modified).date().isoformat() if modified else None
    except (ValueError, TypeError):
        return None
