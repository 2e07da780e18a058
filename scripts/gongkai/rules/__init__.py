"""Rules: small functions from the dataset to findings, one module per family."""
