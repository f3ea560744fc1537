"""Descriptions of an export in the words of others: one module per standard, each a pure function of the tables."""
