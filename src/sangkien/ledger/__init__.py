"""The ledger: who did what to what, and when, each act chained to the one before.

``acting()`` opens the transaction of an action, ``record()`` notes an act in it, ``verify()`` reads the chain again.
Acts carry ids and hashes, no names and no foreign keys: a person can be pseudonymised and a room renamed without
breaking the chain.
"""
