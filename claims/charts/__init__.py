"""Charts over time as plain dataclasses; templates draw them."""
