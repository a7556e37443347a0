"""Positions proposed from minutes, and the coding that a person corrects."""
