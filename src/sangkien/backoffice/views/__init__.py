"""The pages of this room; each asks first how far the person reaches."""
