"""The papers and forms of a campaign as blocks: the plan, the letter that reminds, the form of a unit."""
