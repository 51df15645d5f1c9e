"""The classifier: how it is trained from data/, calibrated, stored, loaded and measured."""
