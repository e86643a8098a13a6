"""The dataset-level checks: each looks at all releases of a dataset together.

A check's module has `VERSION`, `COLLECTED` (what is collected for it from each release) and `finish`, which makes its
result of that. What several checks need is collected once.
"""
