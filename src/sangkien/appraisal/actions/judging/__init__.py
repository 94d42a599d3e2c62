"""Panels are formed, entries shared out, people kept out, sheets filled in and handed in."""
