"""Tables that leave as .xlsx or .csv, in constant memory; a user's text never becomes a live formula (no Django)."""
