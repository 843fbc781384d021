"""What the charts of all questions share: axes, marks, theme, measures."""
