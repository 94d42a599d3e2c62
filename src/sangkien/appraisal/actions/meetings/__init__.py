"""Site visits, presentation sessions, council meetings and their votes. A refusal changes nothing."""
