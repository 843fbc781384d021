"""One question of the app: its figures, charts and sentences."""
