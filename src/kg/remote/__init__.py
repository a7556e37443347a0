"""Stores on a server: any SPARQL 1.1 endpoint, asked as the embedded store is."""
