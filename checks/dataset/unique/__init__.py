"""Dataset-level checks: what must not occur twice in a dataset."""
