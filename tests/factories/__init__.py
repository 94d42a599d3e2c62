"""One small maker a model, with what a row needs and nothing else; rows that fit together come from the actions."""
