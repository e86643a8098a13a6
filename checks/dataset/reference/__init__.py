"""Dataset-level checks: references from one contracting process to another."""
