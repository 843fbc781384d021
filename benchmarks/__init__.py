"""Speed and skill, printed as ratios; run by hand, never in the tests."""
