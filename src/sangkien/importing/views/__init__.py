"""Pages of the queue: handing over, one file, one solution beside its original, confirming."""
