"""Accelerators compared on what is published of them."""
