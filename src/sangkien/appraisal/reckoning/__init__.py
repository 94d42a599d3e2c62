"""From the tables to what ``scoring`` takes, and from its answer to what people look at."""
