r"""An e-mail address has the form local@domain.

Passes if the value is a string with a local part and a domain, as RFC 2822 defines them without its obsolete forms.
Each is a run of letters, digits and ``_!#$%&'*+-/=?^`{|}~`` joined by single dots (any letters and digits of Unicode);
the local part may be a quoted string instead, the domain a literal in brackets. Around either, spaces, tabs, folded
lines and comments in parentheses may stand. One newline at the very end is ignored. There are no limits of length.

Mend it by publishing one bare address in the field, and nothing else: no name, no second address.

>>> check("procurement@city.example")
passed
>>> check("Procurement <procurement@city.example>")
failed: is not of the form local@domain
>>> check("a..b@city.example")
failed: is not of the form local@domain
"""

import re
from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
NO_ADDRESS: Final = "is not of the form local@domain"
REASONS: Final = (NOT_TEXT, NO_ADDRESS)

# Possessive quantifiers: nothing is tried twice, so the time is linear in the length, whatever the text.
_SPACE: Final = r"(?:[ \t]|\r\n[ \t])"
_ESCAPE: Final = r"\\[^\n]"
_CONTROL: Final = r"\x01-\x08\x0b\x0c\x0e-\x1f\x7f"
_COMMENT: Final = rf"\((?:[{_CONTROL}!-'*-\[\]-~]|{_SPACE}|{_ESCAPE})*+\)"
_AROUND: Final = rf"(?:{_SPACE}|{_COMMENT})*+"
_ATOM: Final = r"[\w!#$%&'*+\-/=?^`{|}~]++"
_DOTTED: Final = rf"{_ATOM}(?:\.{_ATOM})*+"
_QUOTED: Final = rf'"(?:[{_CONTROL}!#-\[\]-~]|{_SPACE}|{_ESCAPE})*+"'
_LITERAL: Final = rf"\[(?:[{_CONTROL}!-Z^-~]|{_SPACE}|{_ESCAPE})*+\]"
_ADDRESS: Final = re.compile(
    rf"{_AROUND}(?:{_DOTTED}|{_QUOTED}){_AROUND}@{_AROUND}(?:{_DOTTED}|{_LITERAL}){_AROUND}\n?",
)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    return "" if _ADDRESS.fullmatch(value) else NO_ADDRESS
