"""Marks become results: the official score by the published rule, the advisory one beside it. No Django.

``model`` is what is given: rule, entries, sheets, votes. ``checking`` says what does not fit, for people. ``official``
reckons exactly by the rule and keeps every step. ``advisory`` corrects for severe and lenient judges and never replaces
the official score. ``assigning`` deals entries to judges. ``reading`` and ``writing`` carry all of it as JSON;
``canonical`` freezes it.
"""
