"""What does not fit in a rule, a mark or an input, in sentences for people: what is wrong, then what to do."""
