"""What bounds the publication of a page without a date: what dated pages tell of the same things, and its own words."""
