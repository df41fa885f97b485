"""Take the published build from a folder, a web server or an object store into a folder of builds.

The source is a folder as `python -m etl build` leaves it: `current.json` and the files it names.
A build is taken whole or not at all: its size and SHA-256 are those of the pointer before the file
gets its name and this folder's own pointer names it. Whatever fails, the last good build stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import httpx

from observatory.db.pointer import POINTER, Build, parse_pointer
from observatory.db.store import Busy, Store, file_hash
from observatory.model.tables import SCHEMA_VERSION

LARGEST: Final = 16_000_000_000
"""Bytes of the largest build that is taken."""
LARGEST_POINTER: Final = 2_000_000
SECONDS: Final = 900.0
"""Longest that taking one build may last."""
SPARE: Final = 50_000_000
"""Bytes that stay free on the disk."""
_PIECE: Final = 1 << 20
_STORES: Final = ("s3", "gs", "az")
"""Object stores that obstore speaks to by itself; where it is not installed, fsspec's own readers do."""


class Fault(Exception):
    """A build was not taken. `reason` is one word for logs and figures; the text says more.

    unreachable, missing, pointer, schema, size, hash, slow, storage or busy.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Taken:
    """The build that the source publishes, and whether this call brought a change."""

    build_id: str
    is_new: bool


class Source(Protocol):
    """Files of a folder somewhere."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece. Raises Fault."""


class WebFolder:
    """A folder on a web server. Redirects are not followed: the operator named this place."""

    def __init__(self, address: str, client: httpx.Client | None = None) -> None:
        self.address = address.rstrip("/")
        self.client = client

    def pieces(self, name: str) -> Iterator[bytes]:
        timeout = httpx.Timeout(10.0, read=30.0)
        with contextlib.ExitStack() as stack:
            client = self.client or stack.enter_context(httpx.Client(timeout=timeout))
            try:
                answer = stack.enter_context(
                    client.stream("GET", f"{self.address}/{name}",
                                  headers={"cache-control": "no-cache", "accept-encoding": "identity"})
                )  # fmt: skip
                if answer.status_code != 200:
                    missing = answer.status_code in (403, 404, 410)
                    raise Fault(
                        "missing" if missing else "unreachable", f"{name}: {answer.status_code}"
                    )
                yield from answer.iter_raw(_PIECE)
            except httpx.TimeoutException as error:
                raise Fault("slow", f"{name}: {type(error).__name__}") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Fault("unreachable", f"{name}: {type(error).__name__}") from error


class AnyFolder:
    """A folder of any file system that fsspec knows: `file:`, `s3:`, `gs:` and more."""

    def __init__(self, address: str) -> None:
        self.address = address

    def _opened(self) -> tuple[Any, str]:
        """The file system and the folder's name in it."""
        import fsspec

        kind = self.address.partition("://")[0]
        if kind not in _STORES or find_spec("obstore") is None:
            system, root = fsspec.core.url_to_fs(self.address)
            return system, str(root)
        from obstore import fsspec as obstores

        # Typed for each kind of store by itself.
        store: Any = obstores.FsspecStore
        # Its own limits: thirty seconds for a whole file, three minutes of asking again. Plain http
        # is what an operator's own endpoint may speak; nobody else can name one.
        options = {"allow_http": True, "connect_timeout": "10s", "timeout": f"{SECONDS:.0f}s"}
        again = {"max_retries": 2, "retry_timeout": timedelta(seconds=60)}
        return store(kind, client_options=options, retry_config=again), self.address

    def pieces(self, name: str) -> Iterator[bytes]:
        try:
            system, root = self._opened()
            # What was listed a minute ago is not what is there now.
            system.invalidate_cache()
            path = f"{root.rstrip('/')}/{name}"
            # Asked first: not every store says on opening that there is no such file.
            system.info(path)
            with system.open(path, "rb") as stream:
                while piece := stream.read(_PIECE):
                    yield piece
        except Fault:
            raise
        except FileNotFoundError as error:
            raise Fault("missing", name) from error
        except ImportError as error:
            raise Fault("unreachable", f"a package is missing for it: {error}") from error
        except Exception as error:
            # Each store has errors of its own; their texts may hold addresses and keys.
            raise Fault("unreachable", f"{name}: {type(error).__name__}") from error


def source_of(address: str) -> Source:
    """The folder at an address."""
    return WebFolder(address) if re.match(r"https?://", address) else AnyFolder(address)


def published(source: Source) -> Build:
    """The build that the source's pointer names. Raises Fault."""
    held = bytearray()
    for piece in source.pieces(POINTER):
        held += piece
        if len(held) > LARGEST_POINTER:
            raise Fault("pointer", f"longer than {LARGEST_POINTER} bytes")
    try:
        pointer = parse_pointer(held.decode("utf-8"))
    except ValueError as error:
        raise Fault("pointer", str(error)) from error
    build = pointer.find(pointer.current)
    if build is None:
        raise Fault("pointer", "it names no build")
    return _sound(build)


def _sound(build: Build) -> Build:
    """A build whose entries may be used as names and bounds here. Raises Fault."""
    plain: tuple[tuple[Any, str], ...] = (
        (build.build_id, r"[0-9a-f]{12}"),
        (build.file, r"observatory-[0-9a-f]{12}\.duckdb"),
        (build.sha256, r"[0-9a-f]{64}"),
    )
    for value, pattern in plain:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise Fault("pointer", "an entry is not as builds write it")
    if type(build.size) is not int or not 0 < build.size <= LARGEST:
        raise Fault("pointer", "the size is none")
    if build.schema_version != SCHEMA_VERSION:
        raise Fault(
            "schema",
            f"build {build.build_id} has schema {build.schema_version}, this program reads {SCHEMA_VERSION}",
        )
    return build


def take(
    address: str, folder: Path, *, thorough: bool = False, source: Source | None = None,
    seconds: float = SECONDS,
) -> Taken:  # fmt: skip
    """Serve from `folder` what `address` publishes. Raises Fault; then the folder is as it was.

    `thorough` reads the local file once more where nothing seems to have changed.
    """
    source = source or source_of(address)
    build, store = published(source), Store(folder)
    current = store.current()
    if (
        current is not None
        and current.build_id == build.build_id
        and _is_whole(store, current, thorough)
    ):
        return Taken(build.build_id, False)
    try:
        with store.locked():
            held = store.find(build.build_id)
            if held is not None and _is_whole(store, held, True):
                store.point_to(held)
            else:
                _bring(source, store, build, time.monotonic() + seconds)
    except Busy as error:
        raise Fault("busy", str(error)) from error
    except OSError as error:
        raise Fault("storage", error.strerror or type(error).__name__) from error
    return Taken(build.build_id, True)


def _is_whole(store: Store, build: Build, thorough: bool) -> bool:
    path = store.path(build)
    if not path.is_file() or path.stat().st_size != build.size:
        return False
    return not thorough or file_hash(path) == build.sha256


def _bring(source: Source, store: Store, build: Build, until: float) -> None:
    """Write the file beside the others, compare it, publish it."""
    free = shutil.disk_usage(store.root).free
    if free < build.size + SPARE:
        raise Fault("storage", f"{free} bytes free, {build.size} needed")
    draft = store.temporary(build.build_id)
    seen, size = hashlib.sha256(), 0
    try:
        with draft.open("wb") as out:
            for piece in source.pieces(build.file):
                size += len(piece)
                if size > build.size:
                    raise Fault("size", f"{build.file} is longer than its {build.size} bytes")
                if time.monotonic() > until:
                    raise Fault(
                        "slow", f"{size} of {build.size} bytes of {build.file} came in time"
                    )
                seen.update(piece)
                out.write(piece)
        if size != build.size:
            raise Fault("size", f"{size} of {build.size} bytes of {build.file}")
        if seen.hexdigest() != build.sha256:
            raise Fault("hash", f"{build.file} is not the file that was published")
        store.publish(draft, build)
    finally:
        draft.unlink(missing_ok=True)
