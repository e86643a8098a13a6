"""The compiled release-level checks: `GROUP/NAME.py` here is the check `GROUP.NAME`.

Each has a docstring (its specification, with examples that run as tests), a `VERSION` and a function `check`. It can
have `NEEDS`: dotted paths of `Release.found`, or `ANY_DATE`, at all of which something must be, or else the check
doesn't apply.
"""
