"""Rows for the researchers of one gemeente: classes that are large and varied enough, sealed for who receives them."""
