"""What a measure is worth, and what it costs: its sentences and its command."""
