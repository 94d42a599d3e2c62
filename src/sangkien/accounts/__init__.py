"""People and what they may do: accounts, memberships, the table of roles, sign-in, invitations, hand-over."""
