"""What goes wrong and is for people to mend."""


class UserError(Exception):
    """Ends the command with exit status 2; its message is one clear line: what happened, where, and what to do."""
