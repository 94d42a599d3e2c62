"""The page of an entry as one sheet: what is read for it, how it stands, the slips on the way, the acts offered."""
