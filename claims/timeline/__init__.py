"""The timeline: events and claims of a filter on one line of time that can be zoomed."""
