"""What an action says when it cannot be done."""


class Refused(Exception):
    """The text is a sentence for people: what stands in the way, and what to do."""
