"""Pages of site visits, presentation sessions and council meetings."""
