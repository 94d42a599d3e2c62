"""A whole campaign, told through the actions of the rooms."""
