"""Reviewing a drafted coding in the terminal: proposal by proposal, each answer written at once."""
