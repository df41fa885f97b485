"""A replica that takes its builds from elsewhere: OBSERVATORY_SNAPSHOT names the place.

A folder (`file:///srv/builds`), a web server (`https://…/`) or an object store (`s3://bucket/…`)
that holds what `python -m etl build` leaves in its folder. It is asked again every
OBSERVATORY_SNAPSHOT_EVERY seconds (default 60); readers move to a new build with their next click.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import random
import time
from typing import Final

from observatory.db import snapshot
from observatory.db.connect import builds_folder
from observatory.ui import data, metrics

_LOG: Final = logging.getLogger("observatory.snapshot")
EVERY: Final = 60.0
SHORTEST: Final = 5.0
FIRST: Final = 120.0
"""Seconds that the start waits for a first build."""


def source() -> str:
    """The place of builds; empty: they are built on this machine."""
    return os.environ.get("OBSERVATORY_SNAPSHOT", "").strip()


def every() -> float:
    """Seconds between two looks."""
    try:
        given = float(os.environ.get("OBSERVATORY_SNAPSHOT_EVERY", "") or EVERY)
    except ValueError:
        return EVERY
    return max(given, SHORTEST) if given < float("inf") else EVERY


class Follower:
    """Looks again and again; says each kind of failure once, and that it is over."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.failing = ""
        self._looked = False

    def look(self) -> bool:
        """Take what is published. False if that failed; then the last good build stays."""
        try:
            taken = snapshot.take(self.address, builds_folder(), thorough=not self._looked)
        except snapshot.Fault as fault:
            metrics.event("snapshot_failed")
            if fault.reason != self.failing:
                _LOG.warning("no build was taken: %s", fault)
            self.failing = fault.reason
            return False
        except Exception:  # noqa: BLE001 - a replica goes on serving whatever this was
            metrics.event("snapshot_failed")
            _LOG.exception("no build was taken")
            self.failing = "unknown"
            return False
        self._looked = True
        metrics.gauge("snapshot_checked_seconds", time.time())
        if self.failing:
            _LOG.warning("builds can be taken again")
            self.failing = ""
        if taken.is_new:
            metrics.event("snapshot_taken")
            # Opened and compared now, before a reader waits for it.
            with contextlib.suppress(Exception):
                data.open_build(None)
            _LOG.info("took build %s", taken.build_id)
        return True


async def _follow(follower: Follower) -> None:
    while True:
        # Replicas that started together do not ask together.
        await asyncio.sleep(every() * random.uniform(0.9, 1.1))  # noqa: S311
        await asyncio.to_thread(follower.look)


async def start() -> tuple[asyncio.Task[None], ...]:
    """Look once, then go on looking in the background. Without a place: no task."""
    address = source()
    if not address:
        return ()
    follower = Follower(address)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.to_thread(follower.look), FIRST)
    return (asyncio.create_task(_follow(follower)),)
