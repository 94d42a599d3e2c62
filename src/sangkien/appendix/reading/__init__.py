"""Reading a report file of any shape."""
