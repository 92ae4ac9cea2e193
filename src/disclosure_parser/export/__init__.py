"""What leaves the library: JSON and its schema, tables, facts, a readable page."""
