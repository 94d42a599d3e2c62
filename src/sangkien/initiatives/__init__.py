"""What lasts of a solution: the initiative, its revisions, its co-implementers and, by choice, its authors."""
