"""The campaign of today from its closing to the open results: offices, a visit, judges, a session to come."""
