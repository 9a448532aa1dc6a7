"""Pure geometry: dates become places on a line of time. Templates draw it."""
