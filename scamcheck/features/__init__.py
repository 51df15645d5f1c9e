"""What is measured of a message: indicators, payment facts, and the feature matrix of the classifier."""
