"""A reading held to what a person found in the memo."""
