"""Simulated futures of visitor flows, and what they say about a mark."""

from crossings.models.forecast.pool import MODEL_VERSION, simulate
from crossings.models.forecast.projection import Projection, project

__all__ = ["MODEL_VERSION", "Projection", "project", "simulate"]
