"""The outbox: what a unit or a person is told, written with its cause; by mail, and as text with link and QR to copy.

A notice names no mark, verdict or count, and its link only shows.
"""
