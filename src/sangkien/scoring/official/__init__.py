"""The official score, exactly by the rule: no chance, no float, every step kept."""
