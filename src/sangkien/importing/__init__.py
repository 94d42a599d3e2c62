"""Report files and mails become a queue that people check; nothing counts as sent until a person confirms."""
