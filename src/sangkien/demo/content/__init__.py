"""What the units of the demonstration report. All of it is invented: no office, figure or solution is a real one."""
