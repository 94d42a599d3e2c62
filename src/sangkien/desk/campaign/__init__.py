"""How a campaign goes, for who leads it: answers of the units, the intake over the days, what waits."""
