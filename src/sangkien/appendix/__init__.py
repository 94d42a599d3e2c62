"""The report form of a plan as rows: reading what units send, writing the consolidated appendix (no Django)."""
