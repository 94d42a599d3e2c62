"""*Tổng hợp nhanh*: from report files to the consolidated appendix on one page, without an account.

Nothing stays on disk after the session: ``workspace`` holds the readings (never the files) and forgets them at the end.
"""
