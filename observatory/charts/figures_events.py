"""Events on Plotly charts over time: numbered circles above the plot, dashed drop lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from observatory.charts.palette import Palette
from observatory.charts.plan import Event
from observatory.charts.scales import Linear
from observatory.charts.spread import spread
from observatory.charts.theme import Trace, day, note, safe

if TYPE_CHECKING:
    from observatory.i18n import Translator


def event_marks(
    events: Sequence[Event], x: Linear, width: float, top: float, colours: Palette
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return drop lines as shapes, numbers in circles as annotations pushed apart by 17 px."""
    wanted = [x(event.x) for event in events]
    # A circle past the right edge of the plot would be cut off by it.
    placed = spread(wanted, 17, 8, width - 4)
    shapes: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    for event, at, put in zip(events, wanted, placed, strict=True):
        shapes.append(
            {
                "type": "line",
                "xref": "x",
                "yref": "paper",
                "x0": day(event.x),
                "x1": day(event.x),
                "y0": 0,
                "y1": 1,
                "layer": "below",
                "line": {"color": colours["ink3"], "width": 1, "dash": "2px,3px"},
            }
        )
        shapes.append(
            {
                "type": "circle",
                "xref": "x",
                "yref": "paper",
                "xsizemode": "pixel",
                "ysizemode": "pixel",
                "xanchor": day(event.x),
                "yanchor": 1,
                "x0": put - at - 8,
                "x1": put - at + 8,
                "y0": top - 20,
                "y1": top - 4,
                "fillcolor": colours["bg"],
                "line": {"color": colours["ink2"], "width": 1.2},
            }
        )
        numbers.append(
            note(
                day(event.x),
                1,
                str(event.number),
                colours["ink"],
                11,
                bold=True,
                yref="paper",
                xshift=put - at,
                yshift=top - 12,
                xanchor="center",
                yanchor="middle",
            )
        )
    return shapes, numbers


def event_hover(
    events: Sequence[Event], domain: tuple[float, float], colours: Palette, t: Translator
) -> Trace:
    """Unseen points at the top of the drop lines: hover explains the number, a click opens it."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day(event.x) for event in events],
        "y": [domain[1]] * len(events),
        "customdata": [event.row_id for event in events],
        "hovertext": [
            safe(f"{event.number} · {event.label} · {t.period(event.period)}") for event in events
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
        "marker": {"size": 16, "color": colours["ink2"], "opacity": 0},
    }
