"""The officer's desk: what waits for me, the campaign at a glance, the page of an entry, the lists."""
