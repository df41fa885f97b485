"""Choices of the chips page: two axes and the chip that is the mark; they only edit the URL."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from observatory.ui.context import Context
from observatory.ui.pick.controls import choose, with_own
from observatory.views.chips import data as chips_data
from observatory.views.chips import rows as chips_list
from observatory.views.chips.data import AXES, REFERENCE, Choice, Field


@st.cache_resource(max_entries=6, show_spinner=False)
def _field(build_id: str, as_of: date | None, _db: Any) -> Field:
    return chips_data.load(_db, as_of)


def field(ctx: Context) -> Field:
    """Every chip, as known on the reader's day; one for all languages."""
    return _field(ctx.build_id, ctx.as_of, ctx.db)


def pickers(ctx: Context, found: Field, shown: Choice) -> None:
    """What the picture shows, upwards and across, and the chip to measure against."""
    t = ctx.t
    names = {axis: chips_data.axis_name(axis, t) for axis in AXES}
    choose(ctx, "pick-ch-y", t("Upwards"), [axis for axis in AXES if axis not in ("date", shown.x)], names, shown.y,
           lambda f, v: with_own(f, {"y": "" if v == "bandwidth" else v, "id": ""}))  # fmt: skip
    choose(ctx, "pick-ch-x", t("Across"), [axis for axis in AXES if axis != shown.y], names, shown.x,
           lambda f, v: with_own(f, {"x": "" if v == "date" else v, "id": ""}))  # fmt: skip
    known = chips_list.known_references(found.chips)
    choose(ctx, "pick-ch-ref", t("Measured against"), [chip.id for chip in known],
           {chip.id: chip.name for chip in known}, shown.ref,
           lambda f, v: with_own(f, {"ref": "" if v == REFERENCE else v, "id": ""}))  # fmt: skip
