"""What goes wrong and is for people to mend."""

from collections.abc import Sequence


class UserError(Exception):
    """Ends the command with exit status 2; its message is one clear line: what happened, where, and what to do.

    `details` are further lines, where there are several things to mend.
    """

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = (message, *details)

    def __str__(self) -> str:
        """Give all lines."""
        return "\n  ".join(self.lines)
