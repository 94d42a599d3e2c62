"""Questions of the pages, each in the same number of statements whatever the number of rows."""
