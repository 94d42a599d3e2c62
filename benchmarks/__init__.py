"""What the product exists for, measured."""
