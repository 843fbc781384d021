"""The questions the app answers, one folder each: question, view, figures, charts, sentences."""
