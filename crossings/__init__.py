"""Crossings: official Korea-Japan visitor figures, projections and scenarios, free of screen and network."""
