"""What the lead unit does with an entry: each act is a page of its own under the entry."""
