"""The one refusal of this room."""


class Refused(Exception):
    """The file is not taken and not kept. The text says why and what to do."""


class StateSecret(Refused):
    """The file carries a state-secret mark."""
