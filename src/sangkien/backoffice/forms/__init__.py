"""Forms of this room. They clean input and nothing else."""
