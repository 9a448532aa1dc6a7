"""The public log: what was published, corrected and withdrawn, with what differs."""
