"""Minutes read from a memo: who was there, who said what, what was decided."""
