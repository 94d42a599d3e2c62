"""Database and files together, kept in a second place, restored whole."""
