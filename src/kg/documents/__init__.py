"""Documents of five formats as blocks of text, each character with its place."""
