"""What people do to a campaign. Every action names who and when, and stands in the ledger.

All raise ``Refused`` with a sentence, and then have changed nothing.
"""
