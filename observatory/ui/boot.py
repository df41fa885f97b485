"""Making sure there is a database before a page is drawn: building it if there is none."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from observatory.cards.markup import Safe, h, icon
from observatory.i18n import Translator, translator
from observatory.ui import data, replica
from observatory.ui.html import put
from observatory.ui.nav import ROOT
from observatory.ui.state import first_language

MAX_LINES: Final = 200
TIMEOUT: Final = 300.0


@dataclass
class Job:
    """A build that runs beside the app; all sessions watch the same one."""

    lines: list[str] = field(default_factory=list)
    code: int | None = None
    started: float = field(default_factory=time.monotonic)


_lock: Final = threading.Lock()
_job: Job | None = None


def _follow(process: subprocess.Popen[str], job: Job) -> None:
    for line in process.stdout or ():
        if len(job.lines) < MAX_LINES:
            job.lines.append(line.rstrip())
    job.code = process.wait()


def start_build() -> Job:
    """Start `python -m etl build`, or join the one that runs already."""
    global _job
    with _lock:
        if _job is not None and _job.code is None:
            return _job
        _job = Job()
        command = [sys.executable, "-m", "etl", "build"]
        if folder := os.environ.get("OBSERVATORY_VAR"):
            command += ["--var", folder]
        # Our own interpreter and module, no text from outside.
        process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        threading.Thread(target=_follow, args=(process, _job), daemon=True).start()
        return _job


def _watch(job: Job) -> Iterator[Job]:
    while job.code is None and time.monotonic() - job.started < TIMEOUT:
        yield job
        time.sleep(0.3)
    yield job


def _progress(t: Translator, job: Job) -> Safe:
    done = [line for line in job.lines if line][-8:]
    return h(
        "div",
        h("h1", t("Building the database")),
        h("p", t("This happens once and takes less than half a minute."), cls="deck"),
        h("div", *(h("p", icon("check"), " ", line, cls="small ink2") for line in done),
          style="margin-top:20px", role="status", aria_live="polite"),
        h("div", cls="skel plot", style="height:180px"),
        cls="obs-title",
    )  # fmt: skip


def _awaited(t: Translator) -> Safe:
    """Builds come from elsewhere (`observatory.ui.replica`) and none has come."""
    return h(
        "div",
        h("h1", t("The database has not arrived yet")),
        h("p", t("This server takes its data from another place, which did not answer so far."),
          cls="deck"),
        h("div", h("button", icon("restart_alt"), t("Try again"), cls="btn primary",
                   type="button", data_act="reload"), cls="row-btns"),
        cls="obs-title",
        role="alert",
    )  # fmt: skip


def _failed(t: Translator, job: Job) -> Safe:
    reason = "\n".join(job.lines[-12:])
    shown = reason.replace(str(ROOT), ".")
    return h(
        "div",
        h("h1", t("The database could not be built")),
        h("p", t("The data did not pass its checks, and no earlier build exists."), cls="deck")
        if job.code == 1 else None,  # else storage or another build, which the lines below say
        h("p", shown, cls="small ink2", style="white-space:pre-line"),
        h("div", h("button", icon("restart_alt"), t("Try again"), cls="btn primary",
                   type="button", data_act="reload"), cls="row-btns"),
        cls="obs-title",
        role="alert",
    )  # fmt: skip


def ensure() -> data.Opened:
    """Return an open build. Without one, build it with visible progress; stop if that fails."""
    opened = data.open_build()
    if opened is not None:
        return opened
    t = translator(first_language())
    if replica.source():
        put(_awaited(t))
        st.stop()
    place = st.empty()
    job = start_build()
    for step in _watch(job):
        with place.container():
            put(_progress(t, step))
    opened = data.open_build()
    if opened is None:
        with place.container():
            put(_failed(t, job))
        st.stop()
    place.empty()
    return opened
