"""Long work with progress: a row written with its cause, small steps that may run twice, resumed after any crash."""
