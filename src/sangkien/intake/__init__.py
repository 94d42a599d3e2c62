"""An initiative enters a campaign: entries and their stage, sendings and receipts, returns, consolidations."""
