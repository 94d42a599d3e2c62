"""What the pages of this room ask people to fill in."""
