"""The administrator's screens: first steps, units, roles, history of acts."""
