"""Renderings of an assessment: JSON, CSV and plain text. They only read what `check` and `guide` give."""
