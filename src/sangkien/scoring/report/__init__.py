"""A result told: in sentences for people, as a table for a screen without pictures, as plain values for JSON."""
