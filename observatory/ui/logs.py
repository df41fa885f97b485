"""The log as lines of JSON, for machines that gather it: OBSERVATORY_LOG=json.

Each line has time, level, logger and message, and where they are known the id of the request, the
session and the build. What a reader typed or filtered by is never written.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from streamlit.runtime.scriptrunner import get_script_run_ctx

from observatory.ui import data

PLAIN: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
FIELDS: Final = "fields"
"""Name of the `extra` that holds more fields of a line: `extra={FIELDS: {"status": 200}}`."""
request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """One object a record; a traceback is the text `error` in it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if asked := request_id.get():
            line["request_id"] = asked
        run = get_script_run_ctx(suppress_warning=True)
        if run is not None:
            line["session"] = run.session_id
        if build := data.served_id():
            line["build_id"] = build
        line |= getattr(record, FIELDS, {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def wanted() -> bool:
    """Whether OBSERVATORY_LOG asks for JSON."""
    return os.environ.get("OBSERVATORY_LOG", "").strip().lower() == "json"


def set_up() -> None:
    """Write to standard error: plain lines of warnings and worse, or JSON with every request."""
    if not wanted():
        logging.basicConfig(level=logging.WARNING, format=PLAIN)
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("observatory.access").setLevel(logging.INFO)
    logging.getLogger("observatory.snapshot").setLevel(logging.INFO)


def adopt() -> None:
    """Give loggers that brought handlers of their own, as Streamlit's do, the same form."""
    if not wanted():
        return
    for known in list(logging.root.manager.loggerDict.values()):
        for handler in getattr(known, "handlers", ()):
            handler.setFormatter(JsonLines())
