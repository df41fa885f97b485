"""Failures: the reader gets a polite sentence and an id, the log gets the rest."""

from __future__ import annotations

import logging
import secrets

from observatory.ui import metrics

_LOG = logging.getLogger("observatory.ui")


def new_error_id() -> str:
    """A short id to quote, such as `7f3a-21c`."""
    token = secrets.token_hex(4)
    return f"{token[:4]}-{token[4:7]}"


def report(error: BaseException, where: str) -> str:
    """Log an error with its traceback and return the id that the reader sees."""
    error_id = new_error_id()
    metrics.event("error")
    _LOG.error("error %s in %s", error_id, where, exc_info=error)
    return error_id
