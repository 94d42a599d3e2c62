"""The pages: the list of files, one file, one initiative, the appendix, the end."""
