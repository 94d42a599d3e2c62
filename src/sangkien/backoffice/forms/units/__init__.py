"""What a person says of a unit, one file a noun: the act, the facts, what changes, what joins and divides."""
