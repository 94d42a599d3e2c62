"""Recording on behalf: what units sent, answered or took back outside the program."""
