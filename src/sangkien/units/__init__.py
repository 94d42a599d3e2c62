"""Units: who they are, what they were called when, to whom they belonged, what became of them.

A unit is our own identity. Names repeat, official codes are reused, and on 1 July 2025 a whole tier went away; so a
name, a kind, a code and a parent are facts of a *version* with dates, and what becomes of what is told by people
(``Succession``), never inferred.
"""
