"""The texts of the sources: read from files and pages, put into one form, kept as captured, brought from the web."""
