"""The leader's tables: counts by field, unit and stage."""
