"""What is seen of a running site: a line for each request, figures for a monitor, and who is told of its faults."""
