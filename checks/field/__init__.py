"""The quality checks of fields, one module each, named as in reports.

Each has a docstring (its specification, with examples that run as tests), a `VERSION`, all the `REASONS` why a value
can fail (at most 8), and a function `check(value, reference_data, variant)`, which gives the reason, or nothing (an
empty string) if the value passes. `variant` is the section of the field's document, or "past" if a date may not be
later than today, or empty. A value comes here only if it is there and not empty.
"""

from typing import Final

NOT_TEXT: Final = "is not a string"
