"""Coherence: the data makes sense."""
