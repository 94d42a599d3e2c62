"""Finding text with and without marks: folded rows in step with what they speak of, one door, one file a database.

The door is ``door.find``; rows are written by ``rows.put`` and ``rows.drop`` in the transaction of what they speak of.
"""
