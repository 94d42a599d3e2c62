"""Pages of the reporting unit: for who is signed in for it, and for who holds its invitation."""
