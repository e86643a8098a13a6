"""How a stage says that a message can't succeed, or has nothing to do."""


class UnprocessableError(Exception):
    """The message can't succeed, however often it is tried; it goes to the dead letters. The text says why."""


class GoneError(Exception):
    """The dataset isn't there (any more), so there is nothing to do; that is in order."""


class GivesWayError(Exception):
    """A long stage stops, since others wait; it goes on from there when it is its turn again."""
