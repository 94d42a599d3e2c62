"""What is done to people, memberships and invitations. Each names its actor and its moment, and leaves an act."""
