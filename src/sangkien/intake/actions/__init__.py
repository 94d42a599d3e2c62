"""What people do to entries. Every action names who and when, and stands in the ledger.

All raise ``Refused`` with a sentence, and then have changed nothing. Where a person may click twice, ``key`` names the
click: the second one answers what the first one made.
"""
