"""Dataset-level checks: what fits in no other group."""
