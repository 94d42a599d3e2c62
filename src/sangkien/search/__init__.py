"""Finding text with and without marks: folded rows in step with what they speak of, one door, one file a database."""
