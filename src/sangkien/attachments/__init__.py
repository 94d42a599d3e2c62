"""Files that people hand over and papers that we make: kept under their hash, judged by content, never executed.

A file is there before its row, so no row is ever without its file. An attachment has no permission of its own: the
row that links to it (evidence, file of a paper) answers who may see it, and then calls ``serve()``.
"""
