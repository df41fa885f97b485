"""Plotly figures in the plain form in which they are sent, made once for all readers."""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure


class Ready(BaseFigure):  # type: ignore[misc]
    """Stands for a figure that is finished: it only gives its plain form.

    A figure copies all of itself each time it is asked for it, and Streamlit asks in every run.
    """

    def __init__(self, plain: dict[str, Any]) -> None:
        # Nothing of a figure is set up: this one is never changed or drawn in Python.
        object.__setattr__(self, "_plain", plain)

    def to_dict(self) -> dict[str, Any]:
        """The plain form, shared: it must not be changed."""
        plain: dict[str, Any] = object.__getattribute__(self, "_plain")
        return plain


def ready(figure: Any) -> Any:
    """A finished figure for `st.plotly_chart`; what is no figure stays as it is."""
    return Ready(figure.to_dict()) if isinstance(figure, BaseFigure) else figure
