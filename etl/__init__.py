"""Official figures come in, are checked, and become the published tables."""
