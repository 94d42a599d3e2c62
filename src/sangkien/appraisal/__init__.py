"""Guidance, appraisal by the offices in charge, visits, sessions, scores (Plan 230, II.4.3, IV.1-4)."""
