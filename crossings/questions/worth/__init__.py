"""What a measure is worth, and what it costs, in both countries' books."""
