"""The quality checks of fields, one module each, named as in reports.

Each has a docstring (its specification, with examples that run as tests), a `VERSION`, and a function
`check(value, reference_data, variant)`, which gives `PASSED` or one of the letters of its `REASONS`. `variant` is the
section of the field's document, or "past" if a date may not be later than today, or empty. A value comes here only if
it is there and not empty.
"""

from typing import Final

PASSED: Final = "p"
