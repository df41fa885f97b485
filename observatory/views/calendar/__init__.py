"""The calendar of dates ahead."""
