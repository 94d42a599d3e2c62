"""Pages of plans: the list, a new one, the plan and its parts, its paper, invitations, amendments, reminders."""
