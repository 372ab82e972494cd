"""What the command line shows people: tables, pages and the brief, safe to print and readable at 80 columns."""
