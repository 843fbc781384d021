"""Simulated futures of visitor flows, and what they say about a mark."""

from crossings.forecast.pool import MODEL_VERSION, simulate
from crossings.forecast.projection import Projection, project

__all__ = ["MODEL_VERSION", "Projection", "project", "simulate"]
