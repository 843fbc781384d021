"""Fittings of the pages: frame, controls, figure block, caches."""
