"""Consistency: fields that say the same thing agree."""
