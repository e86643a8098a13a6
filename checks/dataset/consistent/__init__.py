"""Dataset-level checks: what is said in two releases of a dataset."""
