"""Frame -> SVG text; `elements` has the pieces all drawings share."""
