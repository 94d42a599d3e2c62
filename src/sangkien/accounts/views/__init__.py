"""The pages of this room: the door, one's own account, people and memberships, invitations."""
