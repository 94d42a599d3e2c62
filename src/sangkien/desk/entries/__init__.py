"""The list *Giải pháp*: what is asked in the address, what it finds, and the same rows as files."""
