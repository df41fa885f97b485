"""The coalition builder: what economies would hold together."""
