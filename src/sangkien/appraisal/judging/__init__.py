"""What the pages and the acts of judging ask: who sits where, what is read, how a sheet stands."""
