"""Governance measures, editions kept apart."""
