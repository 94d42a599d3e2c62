"""*Việc của tôi*: what waits for a person, computed from the rows of the other rooms each time, never stored."""
