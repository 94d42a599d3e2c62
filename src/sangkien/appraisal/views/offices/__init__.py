"""Pages of the offices in charge and of the lead unit that passes entries on to them."""
