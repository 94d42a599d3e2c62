"""What a person types on the pages of a plan, cleaned into what the actions take."""
