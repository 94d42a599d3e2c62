"""The one refusal of this room."""


class Refused(Exception):
    """The act may not be done. The text says why and what to do; nothing was changed."""
