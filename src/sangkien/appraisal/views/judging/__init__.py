"""Pages of the judges and of who looks after them."""
