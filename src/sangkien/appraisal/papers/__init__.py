"""Papers of appraisal as blocks: pure of actions, names as they are on the day of the paper."""
