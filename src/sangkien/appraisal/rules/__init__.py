"""Who may do what in appraisal, with a reason that a page can show."""
