"""The sovereign stack: layers graded by a published rule."""
