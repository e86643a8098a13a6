"""Dataset-level checks: how codes, amounts and buyers are spread over a dataset."""
