"""What holds for every test: hypothesis draws the same examples on each run and keeps none on disk."""

from hypothesis import settings

settings.register_profile("suite", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("suite")
